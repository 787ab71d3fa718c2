package io.hindsight.driver.plan;

import io.hindsight.driver.step.StepTasks;
import java.util.List;

/**
 * Tasks that compute at once, and how long the slowest took in each step.
 *
 * @param blocks lane blocks of a task
 * @param tasks what computes
 * @param times of each step so far, ns; grows
 */
record TimedTasks(int blocks, StepTasks tasks, List<Double> times) {
  private static final double WARM_UP = 0.6; // of the steps

  /** The time of a step after the first, in which code is still being compiled. */
  KernelSpeed.Point point() {
    return new KernelSpeed.Point(blocks, Medians.of(last()));
  }

  private List<Double> last() {
    return times.subList((int) (WARM_UP * times.size()), times.size());
  }

  /** Whether the steps no longer become faster. */
  boolean isSteady() {
    return Medians.areLevel(last());
  }
}
