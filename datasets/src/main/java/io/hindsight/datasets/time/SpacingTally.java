package io.hindsight.datasets.time;

import io.hindsight.datasets.IdOrder;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.Spacing;
import io.hindsight.datasets.Spacing.Gap;
import io.hindsight.datasets.sums.Mergeable;
import java.util.Optional;

/** How some sequences' rows follow each other in time, counted. */
public final class SpacingTally implements Mergeable<SpacingTally> {
  private static final long serialVersionUID = 1L;

  private long steps;
  private long even;
  private long gaps;
  private long missing;
  private long shorter;
  private long withoutTarget;
  private int ownStep;
  private boolean byTime;
  private double longestSteps;
  private Gap longest; // null if there is none; of equal ones that of the first sequence

  /** Counts a sequence and its steps. */
  void addSequence(RawSequence raw) {
    steps += Math.max(0, raw.length() - 1);
  }

  /**
   * Counts a sequence that is measured by time.
   *
   * @param own whether by another step than the most common
   */
  void addMeasured(boolean own, long rowsWithoutTarget) {
    byTime = true;
    ownStep += own ? 1 : 0;
    withoutTarget += rowsWithoutTarget;
  }

  /** Counts the steps of a sequence whose rows are at these positions, measured by a step. */
  void addSteps(RawSequence raw, TimeStep step, double[] positions) {
    for (int row = 1; row < positions.length; row++) {
      double length = positions[row] - positions[row - 1];
      if (Timeline.isOne(length)) {
        even++;
      } else if (length < 1) {
        shorter++;
      } else {
        gaps++;
        missing += Math.max(0, (long) StrictMath.rint(length) - 1);
        if (length > longestSteps || (length == longestSteps && isBeforeLongest(raw.id()))) {
          longestSteps = length;
          longest = gap(raw, row, step.text(length));
        }
      }
    }
  }

  private boolean isBeforeLongest(String id) {
    return longest != null && IdOrder.UTF_8.compare(id, longest.sequence()) < 0;
  }

  private static Gap gap(RawSequence raw, int row, String length) {
    return new Gap(length, raw.id(), raw.times().get(row - 1), raw.times().get(row));
  }

  @Override
  public void merge(SpacingTally other) {
    steps += other.steps;
    even += other.even;
    gaps += other.gaps;
    missing += other.missing;
    shorter += other.shorter;
    withoutTarget += other.withoutTarget;
    ownStep += other.ownStep;
    byTime |= other.byTime;
    boolean longer = other.longestSteps > longestSteps;
    boolean first = other.longestSteps == longestSteps && other.longest != null;
    if (longer || (first && isBeforeLongest(other.longest.sequence()))) {
      longestSteps = other.longestSteps;
      longest = other.longest;
    }
  }

  /**
   * The spacing of all that was counted.
   *
   * @param step the most common step; absent if the times cannot be read
   * @return absent if no sequence has two rows
   */
  public Optional<Spacing> spacing(Optional<TimeStep> step) {
    return steps == 0
        ? Optional.empty()
        : Optional.of(
            new Spacing(
                step.map(TimeStep::toString),
                byTime,
                steps,
                even,
                gaps,
                missing,
                shorter,
                Optional.ofNullable(longest),
                withoutTarget,
                ownStep));
  }
}
