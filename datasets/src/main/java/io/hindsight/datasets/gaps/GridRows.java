package io.hindsight.datasets.gaps;

import io.hindsight.datasets.Count;
import io.hindsight.datasets.DataException;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.RawTable;
import io.hindsight.datasets.grid.Gaps;
import io.hindsight.datasets.grid.Grid;
import io.hindsight.datasets.grid.GridLine;
import io.hindsight.datasets.grid.GridTimes;
import io.hindsight.datasets.time.InstantReader;
import io.hindsight.datasets.time.InstantWriter;
import io.hindsight.datasets.time.TimeInputs;
import java.io.Serializable;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Puts the rows of sequences on a grid of times that begins at the first of each.
 *
 * @param gaps what is done about steps without a row
 */
public record GridRows(Grid grid, Gaps gaps) implements Serializable {
  /** Rows that may be put in for each that is there: more tell that the frequency is another. */
  private static final long MOST = 10;

  /** As an encoding has it; absent if rows may lie anywhere. */
  public static Optional<GridRows> of(TimeInputs inputs) {
    return inputs.grid().map(grid -> new GridRows(grid, inputs.gaps()));
  }

  /** A table with its sequences on the grid. */
  public RawTable apply(RawTable table) {
    return table.withSequences(table.sequences().stream().map(this::apply).toList());
  }

  /**
   * A sequence on the grid; one without values, which takes no part, as it is.
   *
   * @throws DataException if a row lies beside it or at the step of another, or a step has no row
   *     and must, or too many have none
   */
  public RawSequence apply(RawSequence raw) {
    if (!raw.hasValues() || raw.times().isEmpty()) {
      return raw;
    }
    List<Instant> times = times(raw);
    GridLine line = grid.from(times);
    long[] ticks = ticks(raw, times, line);
    long missing = ticks[ticks.length - 1] - ticks[0] + 1 - ticks.length;
    if (missing == 0 || gaps == Gaps.ALLOW) {
      return raw.onGrid(new GridTimes(line, ticks, new BitSet()));
    }
    if (gaps == Gaps.ERROR) {
      throw missing(raw, ticks, line, missing);
    }
    if (missing > MOST * ticks.length) {
      throw new DataException(
          "of each row that is there at most %d may be put in".formatted(MOST),
          "%d missing beside %s at data.frequency: %s"
              .formatted(missing, Count.of(ticks.length, "row"), grid.frequency()),
          raw.place(),
          "use a data.frequency that the rows have, or data.gaps: allow");
    }
    return new FilledSequence(raw, line, ticks, new InstantWriter(grid.zone())).build();
  }

  private List<Instant> times(RawSequence raw) {
    InstantReader reader = new InstantReader(grid.zone());
    return raw.times().stream()
        .map(
            text ->
                reader
                    .read(text)
                    .orElseThrow(
                        () ->
                            new DataException(
                                "a row must be at a point in time where data.frequency is given",
                                DataException.quote(text),
                                raw.place(),
                                "name a column of dates in data.time, or leave out"
                                    + " data.frequency")))
        .toList();
  }

  /** The step of each row, of which no two have one // (N). */
  private long[] ticks(RawSequence raw, List<Instant> times, GridLine line) {
    long[] ticks = new long[times.size()];
    for (int row = 0; row < ticks.length; row++) {
      ticks[row] = line.nearest(times.get(row));
      if (!line.isAt(ticks[row], times.get(row))) {
        throw new DataException(
            "a row must lie on the grid of data.frequency, %s from %s on"
                .formatted(grid.frequency(), raw.times().get(0)),
            "time %s, and %s as the nearest step"
                .formatted(raw.times().get(row), text(raw, row, line.at(ticks[row]))),
            raw.place(),
            "correct the time, or use another data.frequency");
      }
      if (row > 0 && ticks[row] <= ticks[row - 1]) {
        throw new DataException(
            "a step of data.frequency, here %s, must have one row".formatted(grid.frequency()),
            "times %s and %s at the step of %s"
                .formatted(
                    raw.times().get(row - 1),
                    raw.times().get(row),
                    text(raw, row, line.at(ticks[row]))),
            raw.place(),
            "remove one of the rows, or use a shorter data.frequency");
      }
    }
    return ticks;
  }

  private String text(RawSequence raw, int row, Instant time) {
    return new InstantWriter(grid.zone()).write(time, raw.times().get(row));
  }

  private DataException missing(RawSequence raw, long[] ticks, GridLine line, long missing) {
    int row = 1;
    while (ticks[row] == ticks[row - 1] + 1) {
      row++;
    }
    return new DataException(
        "each step of data.frequency, here %s, must have a row".formatted(grid.frequency()),
        "%s without, first %s"
            .formatted(Count.of(missing, "step"), text(raw, row - 1, line.at(ticks[row - 1] + 1))),
        raw.place(),
        "bring the rows, or use data.gaps: mask, carry or allow");
  }
}
