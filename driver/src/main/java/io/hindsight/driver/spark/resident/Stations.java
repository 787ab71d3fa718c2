package io.hindsight.driver.spark.resident;

import io.hindsight.driver.spark.placement.ShardSource;
import io.hindsight.driver.step.ResultMerger;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.spark.api.plugin.PluginContext;

/** The stations of this process, one for each engine that has tasks here. */
final class Stations {
  /** Spark's name for the executor that lives in the driver's process. */
  private static final String IN_DRIVER = "driver";

  private static final Map<Long, Station> STATIONS = new HashMap<>();
  private static PluginContext context;

  private Stations() {}

  static synchronized void open(PluginContext plugin) {
    context = plugin;
    STATIONS.clear();
  }

  static synchronized void close() {
    context = null;
    STATIONS.clear();
  }

  /** The station of an engine; made for the first of its tasks. */
  static synchronized Station of(long engine, ShardSource source) {
    if (context == null) {
      throw new IllegalStateException(
          "this executor has no Hindsight plugin; set spark.plugins before the session starts");
    }
    // Tasks that failed were not told that their engine has ended.
    STATIONS.entrySet().removeIf(each -> each.getKey() != engine && each.getValue().isEmpty());
    // A task brings a source of its own; the first one's serves all.
    return STATIONS.computeIfAbsent(engine, id -> station(id, source));
  }

  private static Station station(long id, ShardSource source) {
    String name = context.executorID() + "#" + UUID.randomUUID();
    PluginContext spark = context;
    Link link =
        spark.executorID().equals(IN_DRIVER)
            ? new LocalLink(id)
            : new WireLink(spark, source.spec(), id, name);
    ResultMerger merger = new ResultMerger(source.spec(), source.shards());
    return new Station(id, name, link, new Workbench(source, link), merger);
  }

  /** The engines that have a station here. */
  static synchronized Set<Long> engines() {
    return Set.copyOf(STATIONS.keySet());
  }

  /** Forgets a station whose engine has ended. */
  static synchronized void remove(long engine) {
    STATIONS.remove(engine);
  }
}
