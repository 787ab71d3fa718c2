package io.hindsight.datasets.gaps;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.columns.RawRows;
import io.hindsight.datasets.columns.RawSide;
import io.hindsight.datasets.columns.RawSide.Change;
import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.grid.GridLine;
import io.hindsight.datasets.grid.GridTimes;
import io.hindsight.datasets.time.InstantWriter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A sequence with a row at each step of its grid: where it has none, the one before stands once
 * more, with the time of the step. Which rows those are is known, so that none is a target.
 */
final class FilledSequence {
  private static final String NOTHING_KEPT = "{}"; // JSON of no cell

  private final RawSequence raw;
  private final GridLine line;
  private final long[] ticks; // (N), of the rows that are there
  private final InstantWriter writer;
  private final int[] from; // (M): the row that stands at each step
  private final BitSet inserted = new BitSet(); // of M

  FilledSequence(RawSequence raw, GridLine line, long[] ticks, InstantWriter writer) {
    this.raw = raw;
    this.line = line;
    this.ticks = ticks;
    this.writer = writer;
    from = new int[Math.toIntExact(ticks[ticks.length - 1] - ticks[0] + 1)];
    int row = 0;
    for (int step = 0; step < from.length; step++) {
      boolean isThere = row < ticks.length && ticks[row] - ticks[0] == step;
      row += isThere ? 1 : 0;
      inserted.set(step, !isThere);
      from[step] = row - 1;
    }
  }

  RawSequence build() {
    long[] all = new long[from.length];
    for (int step = 0; step < all.length; step++) {
      all[step] = ticks[0] + step;
    }
    RawRows filled =
        new RawRows(
            times(),
            numbers(raw.inputs()),
            numbers(raw.numbers()),
            raw.labels() == null ? null : texts(raw.labels(), 1),
            from.length,
            kept(),
            side());
    return raw.withRows(filled).onGrid(new GridTimes(line, all, inserted));
  }

  private List<String> times() {
    List<String> times = new ArrayList<>(from.length);
    for (int step = 0; step < from.length; step++) {
      String before = raw.times().get(from[step]);
      times.add(inserted.get(step) ? writer.write(line.at(ticks[0] + step), before) : before);
    }
    return times;
  }

  /** // (M, C) of (N, C). */
  private RowNumbers numbers(RowNumbers rows) {
    if (rows == null) {
      return null;
    }
    int width = rows.length() / raw.length();
    return RowNumbers.of(
        Math.multiplyExact(from.length, width), i -> rows.get(from[i / width] * width + i % width));
  }

  private List<String> texts(List<String> rows, int width) {
    List<String> texts = new ArrayList<>(from.length * width);
    for (int row : from) {
      texts.addAll(rows.subList(row * width, (row + 1) * width));
    }
    return texts;
  }

  /** What is handed on of rows that are there. */
  private List<String> kept() {
    if (raw.kept().size() != raw.length()) {
      return raw.kept();
    }
    List<String> kept = new ArrayList<>(from.length);
    for (int step = 0; step < from.length; step++) {
      kept.add(inserted.get(step) ? NOTHING_KEPT : raw.kept().get(from[step]));
    }
    return kept;
  }

  private RawSide side() {
    RawSide side = raw.side();
    Optional<Change> change = side.change().map(one -> new Change(step(one.row()), one.other()));
    int width = side.categories().size() / raw.length();
    return new RawSide(
        texts(side.categories(), width),
        side.fixed(),
        change,
        side.weights().ofRows(from),
        side.parts().ofRows(from));
  }

  private int step(int row) {
    return Math.toIntExact(ticks[row] - ticks[0]);
  }
}
