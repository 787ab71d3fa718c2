package io.hindsight.driver.spark;

import io.hindsight.driver.concurrent.DaemonThreads;
import io.hindsight.driver.engine.EngineChoice;
import io.hindsight.driver.engine.EngineException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the session of a cluster when its jobs have been without any executor for too long: whatever
 * waits for a job then fails, be it that a table is read, executors are counted or a step is
 * computed. Spark itself would wait for ever.
 *
 * <p>Time without a job does not count, since a session may give its idle executors back.
 */
public final class ExecutorWatch {
  /** A setting of the session: a time such as {@code 10m}. */
  public static final String LIMIT = "spark.hindsight.executors.timeout";

  private static final String USUAL = "10m";
  private static final long MOST_PAUSE_MILLIS = 1_000;
  private static final int LOOKS = 20; // within the limit, at least
  private static final Logger LOG = LoggerFactory.getLogger(ExecutorWatch.class);

  /** Why the session was ended; what fails afterwards fails for that. */
  private static final AtomicReference<EngineException> ENDED = new AtomicReference<>();

  private final SparkContext context;
  private final Duration limit;

  private ExecutorWatch(SparkContext context) {
    this.context = context;
    limit = limit(context.getConf());
  }

  /** Watches a session until it ends; one in this process has no executors to lose. */
  public static void start(SparkContext context) {
    ENDED.set(null);
    if (!EngineChoice.isThisProcess(context.master())) {
      DaemonThreads.start("hindsight-executors", new ExecutorWatch(context)::watch);
    }
  }

  /** Why this process's latest session was ended here, if it was. */
  public static Optional<EngineException> ended() {
    return Optional.ofNullable(ENDED.get());
  }

  /**
   * How long jobs may be without an executor.
   *
   * @throws io.hindsight.driver.config.ConfigException if the setting is no time
   */
  public static Duration limit(SparkConf conf) {
    String text = conf.get(LIMIT, USUAL);
    try {
      long millis = conf.getTimeAsMs(LIMIT, USUAL);
      if (millis > 0) {
        return Duration.ofMillis(millis);
      }
    } catch (RuntimeException noTime) {
      LOG.debug("{}: {}", LIMIT, noTime.toString());
    }
    throw SettingProblem.exception(
        LIMIT,
        "'%s' is no time above 0".formatted(text),
        "write a number with a unit, such as 90s or 30m, or leave it out, whose default is "
            + USUAL);
  }

  private void watch() {
    long pause = Math.max(1, Math.min(MOST_PAUSE_MILLIS, limit.toMillis() / LOOKS));
    long well = System.nanoTime();
    try {
      while (!context.isStopped()) {
        Thread.sleep(pause);
        long now = System.nanoTime();
        well = isWaiting() ? well : now;
        if (now - well > limit.toNanos()) {
          end();
          return;
        }
      }
    } catch (InterruptedException | IllegalStateException ended) {
      LOG.debug("the session has ended: {}", ended.toString());
    }
  }

  private boolean isWaiting() {
    return context.statusTracker().getActiveJobIds().length > 0
        && context.getExecutorMemoryStatus().size() <= 1; // the driver's own
  }

  private void end() {
    EngineException reason =
        new EngineException(
            "no executor was there for %s, though jobs wait for one; see on the cluster's page whether it has free cores and %s, which executors here ask for, and why those that start end; %s sets how long to wait"
                .formatted(text(limit), memory(), LIMIT),
            null);
    ENDED.set(reason);
    LOG.warn("{}", reason.getMessage());
    context.stop();
  }

  private String memory() {
    return context.getConf().get("spark.executor.memory", "1g") + " of memory";
  }

  /** Whole minutes where it is some, as in {@code 10 minutes}; else seconds. */
  public static String text(Duration time) {
    long seconds = time.toSeconds();
    boolean minutes = seconds >= 120 && seconds % 60 == 0;
    return minutes ? seconds / 60 + " minutes" : seconds + " s";
  }
}
