package io.hindsight.driver.spark;

import io.hindsight.datasets.progress.JobName;
import io.hindsight.driver.engine.EngineChoice;
import io.hindsight.driver.engine.EngineException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.IntSupplier;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

/** Counts a session's cores; on a cluster after its executors have had time to register. */
public final class ClusterCores {
  private static final int PAUSE_MILLIS = 100;

  /** Pauses without a new executor after which none is expected: a second. */
  static final int QUIET = 10;

  /** Pauses at most: ten seconds. */
  static final int MOST = 100;

  /** Cores of the contexts whose executors have been awaited. */
  private static final Map<SparkContext, Integer> AWAITED =
      Collections.synchronizedMap(new WeakHashMap<>());

  private ClusterCores() {}

  /**
   * The cores of all executors, or {@code spark.default.parallelism} if that is set.
   *
   * <p>A standalone cluster starts executors after the session, and until they are there Spark
   * calls any cluster two cores wide. The first one is waited for as any job waits for it; the
   * others come soon after or not at all. A second run of the session waits for those only that the
   * first one had.
   *
   * @throws EngineException if the cluster runs no job, or the thread is interrupted
   */
  public static int of(SparkContext context) {
    boolean decided = context.getConf().contains("spark.default.parallelism");
    if (!decided && !EngineChoice.isThisProcess(context.master())) {
      awaitFirst(context);
      int cores = settled(context::defaultParallelism, ClusterCores::pause, AWAITED.get(context));
      AWAITED.put(context, cores);
      return cores;
    }
    return context.defaultParallelism();
  }

  /** The cores of the executors that are there. */
  public static int now(SparkContext context) {
    return context.defaultParallelism();
  }

  /** The cores of this process; where it computes tasks, too, as many as Spark takes of them. */
  public static int ofDriver(SparkContext context) {
    int cores = Runtime.getRuntime().availableProcessors();
    return context.isLocal() ? Math.min(cores, context.defaultParallelism()) : cores;
  }

  private static void awaitFirst(SparkContext context) {
    try (JobName name = JobName.of(context, "wait for an executor")) {
      JavaSparkContext.fromSparkContext(context).parallelize(List.of(0), 1).count();
    } catch (Exception failure) { // Scala declares no checked exceptions
      throw new EngineException("the cluster runs no job: " + failure.getMessage(), failure);
    }
  }

  /**
   * The count once it has stayed for {@link #QUIET} pauses, or after {@link #MOST}.
   *
   * @param before what it once stayed at, which needs no pause to be reached again; null if unknown
   */
  static int settled(IntSupplier count, Runnable pause, Integer before) {
    int last = count.getAsInt();
    int quiet = 0;
    for (int i = 0; i < MOST && quiet < QUIET && !isReached(last, before); i++) {
      pause.run();
      int now = count.getAsInt();
      quiet = now == last ? quiet + 1 : 0;
      last = now;
    }
    return last;
  }

  private static boolean isReached(int count, Integer before) {
    return before != null && count >= before;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("interrupted while executors were awaited", e);
    }
  }
}
