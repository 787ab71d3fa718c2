package io.hindsight.driver.spark.resident;

import io.hindsight.driver.spark.placement.ShardSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.spark.api.plugin.PluginContext;

/** The workers of this process, one for each engine that has tasks here. */
final class ExecutorWorkers {
  /** Spark's name for the executor that lives in the driver's process. */
  private static final String IN_DRIVER = "driver";

  private static final Map<Long, ExecutorWorker> WORKERS = new HashMap<>();
  private static PluginContext context;

  private ExecutorWorkers() {}

  static synchronized void open(PluginContext plugin) {
    context = plugin;
    WORKERS.clear();
  }

  static synchronized void close() {
    context = null;
    WORKERS.clear();
  }

  /** The worker of an engine; made for the first of its tasks. */
  static synchronized ExecutorWorker of(long engine, ShardSource source) {
    if (context == null) {
      throw new IllegalStateException(
          "this executor has no Hindsight plugin; set spark.plugins before the session starts");
    }
    // Tasks that failed were not told that their engine has ended.
    WORKERS.entrySet().removeIf(each -> each.getKey() != engine && each.getValue().isEmpty());
    // A task brings a source of its own; the first one's serves all.
    return WORKERS.computeIfAbsent(engine, id -> worker(id, source));
  }

  private static ExecutorWorker worker(long id, ShardSource source) {
    String name = context.executorID() + "#" + UUID.randomUUID();
    PluginContext spark = context;
    DriverLink link =
        spark.executorID().equals(IN_DRIVER)
            ? new InProcessLink(id)
            : new RpcLink(spark, source.spec(), id, name);
    return new ExecutorWorker(id, name, link, new StepComputation(source, link));
  }

  /** The engines that have a worker here. */
  static synchronized Set<Long> engines() {
    return Set.copyOf(WORKERS.keySet());
  }

  /** Forgets a worker whose engine has ended. */
  static synchronized void remove(long engine) {
    WORKERS.remove(engine);
  }
}
