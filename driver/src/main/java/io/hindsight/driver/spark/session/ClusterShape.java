package io.hindsight.driver.spark.session;

import io.hindsight.driver.engine.EngineChoice;
import io.hindsight.driver.plan.Cluster;
import io.hindsight.driver.plan.SparkSetup;
import io.hindsight.driver.spark.ClusterCores;
import io.hindsight.driver.spark.codec.Pieces;
import io.hindsight.driver.spark.placement.ShardMemory;
import io.hindsight.driver.spark.resident.HindsightPlugin;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import scala.Tuple2;

/** A session's executors and settings, as plans see them. */
public final class ClusterShape {
  private static final String EXECUTOR_CORES = "spark.executor.cores";
  private static final String TASK_CPUS = "spark.task.cpus";
  private static final int MEBI = 20; // bits
  private static final long USUAL_HEAP = 1L << 30; // bytes, of an executor
  private static final int USUAL_RPC = 128; // MiB
  private static final long ANY = Long.MAX_VALUE;

  private ClusterShape() {}

  /** The executors; on a cluster after they have had time to register. */
  public static Cluster of(SparkContext context) {
    int slots = Math.max(1, ClusterCores.of(context));
    if (context.isLocal()) {
      return new Cluster(1, slots);
    }
    int executors = Math.max(1, context.getExecutorMemoryStatus().size() - 1); // less the driver
    int cores = context.getConf().getInt(EXECUTOR_CORES, Math.max(1, slots / executors));
    int each = context.getConf().getInt(TASK_CPUS, 1);
    return new Cluster(executors, Math.max(1, cores / each));
  }

  /**
   * The settings of the present session, or of the one that would be started.
   *
   * @param present what is set there counts before what is set for this process
   * @throws io.hindsight.driver.config.ConfigException if a setting is wrong
   */
  public static SparkSetup setup(Optional<SparkContext> present) {
    String ofProcess = Sessions.master().orElse("");
    if (present.isEmpty() && isLocal(ofProcess) && SparkSettings.areUnset()) {
      return local(ofProcess);
    }
    SparkConf conf = new SparkConf();
    SparkSettings.check(conf);
    present.map(SparkContext::getConf).ifPresent(session -> copy(session, conf));
    SparkSettings.checkOurs(conf);
    return setup(conf, present.map(HindsightPlugin::isActive).orElse(true));
  }

  /**
   * What {@link #setup(SparkConf, boolean)} tells where only the master is set, without Spark: it
   * takes a quarter of a second to load the classes that know its defaults.
   */
  static SparkSetup local(String master) {
    long rpc = (long) USUAL_RPC << MEBI;
    return new SparkSetup(
        master, true, true, false, false, 1, 0, USUAL_HEAP, ANY, rpc, Pieces.DEFAULT_MOST);
  }

  static SparkSetup setup(SparkConf conf, boolean plugin) {
    String master = conf.get("spark.master", "");
    boolean local = isLocal(master);
    long heap = conf.getSizeAsMb("spark.executor.memory", "1g") << MEBI;
    return new SparkSetup(
        master,
        local,
        plugin,
        conf.getBoolean("spark.dynamicAllocation.enabled", false),
        conf.getBoolean("spark.speculation", false),
        conf.getInt(TASK_CPUS, 1),
        conf.getInt(EXECUTOR_CORES, 0),
        heap,
        local ? ANY : ShardMemory.limit(conf, heap),
        (long) conf.getInt("spark.rpc.message.maxSize", USUAL_RPC) << MEBI,
        Pieces.mostBytes(conf));
  }

  private static boolean isLocal(String master) {
    return EngineChoice.isThisProcess(master);
  }

  private static void copy(SparkConf from, SparkConf to) {
    for (Tuple2<String, String> setting : from.getAll()) {
      to.set(setting._1(), setting._2());
    }
  }
}
