package io.hindsight.driver.plan;

/**
 * Spark's settings that decide whether an engine can work.
 *
 * @param master where Spark runs; empty without one
 * @param local whether that is this process
 * @param plugin whether resident tasks can talk to the driver: a session has the plugin, or will
 * @param dynamicAllocation {@code spark.dynamicAllocation.enabled}
 * @param speculation {@code spark.speculation}
 * @param taskCpus {@code spark.task.cpus}
 * @param executorCores {@code spark.executor.cores}; 0 if it is not set
 * @param executorHeap {@code spark.executor.memory}, bytes
 * @param shardHeap the most of it that shards take, bytes; further ones are in files
 * @param rpcBytes {@code spark.rpc.message.maxSize}, bytes
 * @param messageBytes {@code spark.hindsight.message.bytes}
 */
public record SparkSetup(
    String master,
    boolean local,
    boolean plugin,
    boolean dynamicAllocation,
    boolean speculation,
    int taskCpus,
    int executorCores,
    long executorHeap,
    long shardHeap,
    long rpcBytes,
    long messageBytes) {}
