package io.hindsight.driver.plan;

import io.hindsight.datasets.ByteCount;
import io.hindsight.datasets.Count;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.ConfigProblem;
import io.hindsight.driver.config.EngineKind;
import io.hindsight.driver.config.TrainingConfig;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.kernels.network.NetworkSpec;
import java.util.ArrayList;
import java.util.List;

/** What cannot work, found before any of it is tried: each with the setting to change. */
public final class Limits {
  /** What Spark keeps of an executor's heap for itself, bytes. */
  static final long RESERVED = 300L << 20;

  private static final long MOST_ELEMENTS = Integer.MAX_VALUE - 8L; // of a Java array
  private static final String PLUGIN_KEY = "spark.plugins";

  private final List<ConfigProblem> problems = new ArrayList<>();

  private Limits() {}

  /**
   * What settings alone rule out.
   *
   * @param engine as configured, or as chosen
   * @throws ConfigException with every problem, if there is one
   */
  public static void check(EngineKind engine, SparkSetup spark) {
    Limits limits = new Limits();
    limits.settings(engine, spark);
    limits.throwIfAny();
  }

  /**
   * What the sizes of a run rule out.
   *
   * @param engine the way that is chosen
   * @param cluster for {@link EngineOption#LOCAL} one executor, whose cores are threads
   * @param driverHeap most heap of this process, bytes
   * @throws ConfigException with every problem, if there is one
   */
  public static void check(
      Workload workload,
      EngineOption engine,
      int wishedTasks,
      Cluster cluster,
      SparkSetup spark,
      long driverHeap) {
    Limits limits = new Limits();
    limits.arrays(workload, wishedTasks, cluster);
    limits.heap(workload, engine, wishedTasks, cluster, spark, driverHeap);
    if (engine == EngineOption.RESIDENT && !spark.local()) {
      limits.messages(workload, wishedTasks, cluster, spark);
    }
    limits.throwIfAny();
  }

  /**
   * What a network and its data rule out in this process, whatever the engine.
   *
   * @param driverHeap most heap of this process, bytes
   * @throws ConfigException if they do not fit
   */
  public static void checkDriver(
      NetworkSpec spec, ShardPlan plan, TrainingConfig training, long driverHeap) {
    Limits limits = new Limits();
    try {
      Workload workload = Workload.of(spec, plan, training);
      limits.driverHeap(workload, Memory.inEveryDriver(workload), driverHeap);
    } catch (IllegalArgumentException tooLarge) {
      limits.add("model.hidden", tooLarge.getMessage(), "lower model.hidden or data.inputs");
    }
    limits.throwIfAny();
  }

  private void settings(EngineKind engine, SparkSetup spark) {
    if (engine == EngineKind.LOCAL || spark.master().isEmpty()) {
      return; // without Spark, or refused by whoever opens the session
    }
    if (engine == EngineKind.SPARK_RESIDENT) {
      residentSettings(spark);
    }
    boolean decided = !spark.local() && spark.executorCores() > 0;
    if (decided && spark.taskCpus() > spark.executorCores()) {
      add(
          "spark.task.cpus",
          "a task takes %s, but an executor has %d, so no task would ever start"
              .formatted(Count.of(spark.taskCpus(), "core"), spark.executorCores()),
          "set spark.task.cpus to 1, since a task computes on one core, or raise"
              + " spark.executor.cores");
    }
  }

  private void residentSettings(SparkSetup spark) {
    if (!spark.plugin()) {
      add(
          "training.engine",
          "spark-resident needs a session that was started with its plugin, and this one was not",
          "start it with --conf "
              + PLUGIN_KEY
              + "="
              + pluginName()
              + ", or use spark-jobs or auto");
    }
    if (spark.dynamicAllocation()) {
      add(
          "spark.dynamicAllocation.enabled",
          "is true, but resident tasks are always busy, so no executor would ever be given back",
          "set it to false, or use training.engine: spark-jobs");
    }
    if (spark.speculation()) {
      add(
          "spark.speculation",
          "is true, but a resident task runs as long as the training, so Spark would start each"
              + " twice",
          "set it to false, or use training.engine: spark-jobs");
    }
  }

  private static String pluginName() {
    return "io.hindsight.driver.spark.resident.HindsightPlugin";
  }

  private void arrays(Workload workload, int wishedTasks, Cluster cluster) {
    Division division = Division.of(workload.shards(), wishedTasks, cluster);
    int blocks = workload.blocksOf(division.shardsOfLongest());
    long elements = Workspace.largestArray(workload.spec(), workload.window(), blocks);
    if (elements > MOST_ELEMENTS) {
      add(
          "training.bptt.window",
          "a task of %d slots over windows of %s needs an array of %,d numbers, and Java allows %,d"
              .formatted(8 * blocks, Count.of(workload.window(), "step"), elements, MOST_ELEMENTS),
          "set a shorter training.bptt.window, or a smaller training.batch, or more shards and"
              + " cores, so that a task has fewer slots");
    }
  }

  private void heap(
      Workload workload,
      EngineOption engine,
      int wishedTasks,
      Cluster cluster,
      SparkSetup spark,
      long driverHeap) {
    Memory memory = Memory.of(workload, engine, wishedTasks, cluster, spark.shardHeap());
    boolean inDriver = engine == EngineOption.LOCAL || spark.local();
    boolean besideTasks = inDriver && engine != EngineOption.LOCAL;
    driverHeap(workload, memory.driver() + (besideTasks ? memory.executor() : 0), driverHeap);
    long usable = spark.executorHeap() - RESERVED;
    if (!inDriver && memory.executor() > usable) {
      add(
          "spark.executor.memory",
          "%s need about %s of heap in an executor of %s, which has %s after what Spark keeps"
              .formatted(
                  model(workload),
                  ByteCount.text(memory.executor()),
                  Count.of(cluster.cores(), "core"),
                  ByteCount.text(usable)),
          "set spark.executor.memory=%s, or lower spark.executor.cores, training.batch or training.bptt.window"
              .formatted(ByteCount.setting(memory.executor() + memory.executor() / 4 + RESERVED)));
    }
  }

  private void driverHeap(Workload workload, long needed, long heap) {
    if (needed > heap) {
      add(
          "spark.driver.memory",
          "%s need about %s of heap in the driver, which has %s"
              .formatted(model(workload), ByteCount.text(needed), ByteCount.text(heap)),
          "give it more by "
              + Heap.setting(needed + needed / 4)
              + ", or lower training.batch, training.bptt.window or model.hidden");
    }
  }

  private static String model(Workload workload) {
    return "%s, windows of %s and a batch of %d"
        .formatted(
            Count.of(workload.parameters(), "parameter"),
            Count.of(workload.window(), "step"),
            workload.batch());
  }

  private void messages(Workload workload, int wishedTasks, Cluster cluster, SparkSetup spark) {
    Division division = Division.of(workload.shards(), wishedTasks, cluster);
    long perExecutor = (division.executorSums() + division.executors() - 1) / division.executors();
    long gradients = perExecutor * workload.gradientBytes() + workload.carriedBytes();
    long message = Math.min(spark.messageBytes(), gradients);
    if (message > spark.rpcBytes()) {
      add(
          "spark.rpc.message.maxSize",
          "Spark takes messages of up to %s, but those of resident tasks are up to %s"
              .formatted(ByteCount.text(spark.rpcBytes()), ByteCount.text(message)),
          "raise it to 128 (MiB), or set spark.hindsight.message.bytes=%d"
              .formatted(spark.rpcBytes() / 2));
    }
  }

  private void add(String key, String message, String remedy) {
    problems.add(new ConfigProblem("configuration", 0, 0, key, message, remedy));
  }

  private void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }
}
