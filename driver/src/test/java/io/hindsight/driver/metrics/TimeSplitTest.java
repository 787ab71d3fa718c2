package io.hindsight.driver.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.driver.step.StepOutcome;
import io.hindsight.kernels.batch.GradientSum;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimeSplitTest {
  private static final long MILLI = 1_000_000;

  /** Tasks of 6 and 4 ms, 1 ms of the driver, 2 of messages, 3 of the update. */
  @Test
  void shouldDivideAStepWithoutRest() {
    StepTimes times = StepTimes.of(outcome(6, 5, 1), 12 * MILLI, 9 * MILLI);
    assertEquals(new StepTimes(12, 6, 1, 3, 1, 3), times);
    assertEquals(2, times.transportMs(), 0);
    assertEquals(times.stepMs(), times.computeMs() + times.engineMs() + times.updateMs(), 0);
  }

  @Test
  void shouldNotCallItTheDriversWorkWhatItDidWhileTasksComputed() {
    StepTimes times = StepTimes.of(outcome(6, 6, 5), 8 * MILLI, 7 * MILLI);
    assertEquals(1, times.driverMs(), 0);
    assertEquals(0, times.transportMs(), 0);
  }

  @Test
  void shouldSayWhereTheTimeWentWithoutTheFirstSteps() {
    TimeSplit split = new TimeSplit();
    for (int i = 0; i < TimeSplit.WARM_UP; i++) {
      split.add(new StepTimes(1000, 0, 0, 0, 0, 0));
    }
    assertEquals(Optional.empty(), split.summary());
    split.add(new StepTimes(10, 7, 1, 2, 1, 1));
    split.add(new StepTimes(10, 7, 1, 2, 1, 1));
    assertEquals(
        Optional.of(
            "a step took 10.000 ms on average: 60.0 % computation, 10.0 % waiting for the slowest"
                + " task, 20.0 % serialization and transport (50.0 % of it the driver's own work),"
                + " 10.0 % update; mean of 2 steps after the first 10"),
        split.summary());
  }

  private static StepOutcome outcome(long slowest, long mean, long driver) {
    return new StepOutcome(
        new GradientSum(1),
        Optional.empty(),
        Optional.empty(),
        1,
        slowest * MILLI,
        mean * MILLI,
        driver * MILLI);
  }
}
