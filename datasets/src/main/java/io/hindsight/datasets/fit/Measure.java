package io.hindsight.datasets.fit;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.time.TableTimes;
import io.hindsight.datasets.time.TimeStep;
import io.hindsight.datasets.time.TimeSteps;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * The steps by which tasks measure sequences.
 *
 * @param common the step of most; null if there is none
 * @param differ whether a sequence that has another is measured by its own
 */
record Measure(TimeStep common, boolean differ) implements Serializable {
  /**
   * By what was found in a table: as the step of each sequence's own is none where it is the common
   * one, each may have some.
   */
  static Measure found(Optional<TimeStep> common) {
    return new Measure(common.orElse(null), true);
  }

  /** By the steps of an encoding. */
  static Measure of(TimeSteps steps) {
    return new Measure(steps.common().orElse(null), steps.differ());
  }

  /** When the rows of a sequence are. */
  TableTimes times(RawSequence raw) {
    return TableTimes.of(List.of(raw), new TimeSteps(Optional.ofNullable(common), differ));
  }
}
