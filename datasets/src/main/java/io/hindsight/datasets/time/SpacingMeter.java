package io.hindsight.datasets.time;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.Spacing;
import io.hindsight.datasets.Spacing.Gap;
import io.hindsight.datasets.time.StepFinder.Found;
import io.hindsight.datasets.time.TableTimes.Placed;
import java.util.List;
import java.util.Optional;

/** Measures how evenly the rows of a table follow each other in time. */
public final class SpacingMeter {
  private final TableTimes times;
  private final int horizon;
  private long steps;
  private long even;
  private long gaps;
  private long missing;
  private long shorter;
  private long withoutTarget;
  private int ownStep;
  private double longestSteps;
  private Optional<Gap> longest = Optional.empty();

  private SpacingMeter(TableTimes times, int horizon) {
    this.times = times;
    this.horizon = horizon;
  }

  /**
   * The spacing of a table.
   *
   * @param horizon h, by which targets are looked up
   * @return absent if the table has no times, or no sequence has two
   */
  public static Optional<Spacing> of(List<RawSequence> table, TableTimes times, int horizon) {
    SpacingMeter meter = new SpacingMeter(times, horizon);
    for (RawSequence raw : table) {
      Placed placed = times.sequences().get(raw.id());
      if (placed != null) {
        meter.add(raw, placed);
      }
    }
    return meter.steps == 0 ? Optional.empty() : Optional.of(meter.spacing());
  }

  private Spacing spacing() {
    Optional<TimeStep> step = times.steps().common().or(() -> times.mostCommon().map(Found::step));
    boolean byTime = times.sequences().values().stream().anyMatch(p -> p.step().isPresent());
    return new Spacing(
        step.map(TimeStep::toString),
        byTime,
        steps,
        even,
        gaps,
        missing,
        shorter,
        longest,
        withoutTarget,
        ownStep);
  }

  private void add(RawSequence raw, Placed placed) {
    steps += Math.max(0, raw.length() - 1);
    Optional<TimeStep> step = placed.step().or(() -> times.mostCommon().map(Found::step));
    step.flatMap(of -> placed.times().positions(of))
        .ifPresent(positions -> add(raw, step.get(), positions));
    if (placed.step().isPresent()) {
      withoutTarget += withoutTarget(placed.line());
      ownStep += times.steps().common().equals(placed.step()) ? 0 : 1;
    }
  }

  private void add(RawSequence raw, TimeStep step, double[] positions) {
    for (int row = 1; row < positions.length; row++) {
      double length = positions[row] - positions[row - 1];
      if (Timeline.isOne(length)) {
        even++;
      } else if (length < 1) {
        shorter++;
      } else {
        gaps++;
        missing += Math.max(0, (long) StrictMath.rint(length) - 1);
        if (length > longestSteps) {
          longestSteps = length;
          longest = Optional.of(gap(raw, row, step.text(length)));
        }
      }
    }
  }

  private static Gap gap(RawSequence raw, int row, String length) {
    return new Gap(length, raw.id(), raw.times().get(row - 1), raw.times().get(row));
  }

  private long withoutTarget(Timeline line) {
    long without = 0;
    for (int row = 0; row < line.rowsWithTarget(horizon); row++) {
      without += line.after(row, horizon) < 0 ? 1 : 0;
    }
    return without;
  }
}
