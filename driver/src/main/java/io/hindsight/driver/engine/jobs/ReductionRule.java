package io.hindsight.driver.engine.jobs;

import io.hindsight.driver.config.TrainingConfig.ReduceKind;

/** Decides where gradients are summed when the configuration leaves it open. */
public final class ReductionRule {
  /** Gradient elements beyond the first tasks' that make a second stage worth its while. */
  static final long ELEMENTS = 16_000_000;

  private ReductionRule() {}

  /**
   * The reduction that a run gets.
   *
   * @param kind not {@link ReduceKind#AUTO}
   * @param reason why it was chosen
   */
  public record Choice(ReduceKind kind, String reason) {}

  /**
   * Chooses.
   *
   * @param wished what is configured
   * @param parameters P
   * @param tasks tasks per step
   */
  public static Choice choose(ReduceKind wished, long parameters, int tasks) {
    if (wished != ReduceKind.AUTO) {
      return new Choice(wished, "as configured");
    }
    long elements = parameters * tasks;
    boolean sliced = elements > ELEMENTS;
    return new Choice(
        sliced ? ReduceKind.SLICED : ReduceKind.DRIVER,
        "%,d parameters in %d tasks are %,d numbers a step, %s %,d"
            .formatted(parameters, tasks, elements, sliced ? "more than" : "at most", ELEMENTS));
  }
}
