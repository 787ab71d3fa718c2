package io.hindsight.driver.metrics;

import io.hindsight.datasets.Count;
import java.util.Locale;
import java.util.Optional;

/**
 * Adds up where the time of a run's steps went, but for the first ones: those load classes, compile
 * kernels and fetch data.
 */
public final class TimeSplit {
  /** Steps of this process that are left out. */
  static final int WARM_UP = 10;

  private static final double PERCENT = 100;

  private long seen;
  private double step; // sums over the steps that count, ms
  private double compute;
  private double waiting;
  private double engine;
  private double driver;
  private double update;

  /** Counts a step. */
  public void add(StepTimes times) {
    if (++seen <= WARM_UP) {
      return;
    }
    step += times.stepMs();
    compute += times.computeMs();
    waiting += times.waitingMs();
    engine += times.engineMs();
    driver += times.driverMs();
    update += times.updateMs();
  }

  /**
   * Mean time of a step and its four parts in percent, in one line: computation of the mean task,
   * waiting for the slowest, serialization and transport, update; absent for a run of {@value
   * #WARM_UP} steps or fewer.
   */
  public Optional<String> summary() {
    long counted = seen - WARM_UP;
    if (counted < 1 || step <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "a step took %.3f ms on average: %.1f %% computation, %.1f %% waiting for the slowest"
                + " task, %.1f %% serialization and transport (%.1f %% of it the driver's own"
                + " work), %.1f %% update; mean of %s after the first %d",
            step / counted,
            percent(compute - waiting, step),
            percent(waiting, step),
            percent(engine, step),
            percent(driver, engine),
            percent(update, step),
            Count.of(counted, "step"),
            WARM_UP));
  }

  private static double percent(double part, double whole) {
    return whole > 0 ? PERCENT * part / whole : 0;
  }
}
