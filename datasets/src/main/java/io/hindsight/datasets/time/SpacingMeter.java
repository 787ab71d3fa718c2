package io.hindsight.datasets.time;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.Spacing;
import io.hindsight.datasets.time.StepFinder.Found;
import io.hindsight.datasets.time.TableTimes.Placed;
import java.util.List;
import java.util.Optional;

/** Measures how evenly the rows of a table follow each other in time. */
public final class SpacingMeter {
  private SpacingMeter() {}

  /**
   * The spacing of a table.
   *
   * @param horizon h, by which targets are looked up
   * @return absent if the table has no times, or no sequence has two
   */
  public static Optional<Spacing> of(List<RawSequence> table, TableTimes times, int horizon) {
    SpacingTally tally = new SpacingTally();
    for (RawSequence raw : table) {
      Placed placed = times.sequences().get(raw.id());
      if (placed != null) {
        Optional<TimeStep> step = placed.step().or(() -> mostCommon(times));
        add(tally, raw, placed, step, times.steps(), horizon);
      }
    }
    return tally.spacing(times.steps().common().or(() -> mostCommon(times)));
  }

  /**
   * Measures one sequence of a table that has a common step, apart from the others.
   *
   * @param times of this sequence
   * @return whether it can be: not if its times have no such step, for then it is measured by the
   *     step that most of the table's have
   */
  public static boolean add(SpacingTally tally, RawSequence raw, TableTimes times, int horizon) {
    Placed placed = times.sequences().get(raw.id());
    if (placed == null) {
      return true;
    }
    add(tally, raw, placed, placed.step(), times.steps(), horizon);
    return placed.step().isPresent() || raw.length() < 2;
  }

  /**
   * Measures one sequence of a table.
   *
   * @param times of this sequence, and perhaps of others
   * @param nearest the step that it is measured by if it has no other; absent if there is none
   */
  public static void add(
      SpacingTally tally,
      RawSequence raw,
      TableTimes times,
      int horizon,
      Optional<TimeStep> nearest) {
    Placed placed = times.sequences().get(raw.id());
    if (placed != null) {
      add(tally, raw, placed, placed.step().or(() -> nearest), times.steps(), horizon);
    }
  }

  private static void add(
      SpacingTally tally,
      RawSequence raw,
      Placed placed,
      Optional<TimeStep> step,
      TimeSteps steps,
      int horizon) {
    tally.addSequence(raw);
    step.flatMap(placed::positions)
        .ifPresent(positions -> tally.addSteps(raw, step.get(), positions));
    if (placed.step().isPresent()) {
      boolean own = !steps.common().equals(placed.step());
      tally.addMeasured(own, withoutTarget(placed.line(), horizon));
    }
  }

  private static Optional<TimeStep> mostCommon(TableTimes times) {
    return times.mostCommon().map(Found::step);
  }

  private static long withoutTarget(Timeline line, int horizon) {
    long without = 0;
    for (int row = 0; row < line.rowsWithTarget(horizon); row++) {
      without += line.after(row, horizon) < 0 ? 1 : 0;
    }
    return without;
  }
}
