package io.hindsight.datasets.time;

import io.hindsight.datasets.Count;
import java.util.Optional;

/**
 * How the steps of a table's sequences lie in time, kept with a model so that new data is measured
 * by the same steps.
 *
 * @param common the step of most; absent if rows must be counted
 * @param differ whether a sequence that has another common step is measured by its own
 * @param inputs what is made of times beside
 */
public record TimeSteps(Optional<TimeStep> common, boolean differ, TimeInputs inputs) {
  /** Times are not known or have no common step: steps are rows. */
  public static final TimeSteps ROWS = new TimeSteps(Optional.empty(), false);

  /** Steps of which nothing is made beside. */
  public TimeSteps(Optional<TimeStep> common, boolean differ) {
    this(common, differ, TimeInputs.NONE);
  }

  /** The same steps, of which other inputs are made. */
  public TimeSteps with(TimeInputs other) {
    return new TimeSteps(common, differ, other);
  }

  /** Whether no time is looked up. */
  public boolean areRows() {
    return common.isEmpty() && !differ;
  }

  /** So many steps, for people: {@code 3 h}. */
  public String horizon(int count) {
    return common.map(step -> step.text(count)).orElse(Count.of(count, "step"));
  }
}
