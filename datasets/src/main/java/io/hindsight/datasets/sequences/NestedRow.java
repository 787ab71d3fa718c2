package io.hindsight.datasets.sequences;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Doubles;
import io.hindsight.datasets.rows.Cells;
import io.hindsight.datasets.rows.Features;
import io.hindsight.datasets.rows.Moment;
import io.hindsight.datasets.rows.RowFindings;
import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.rows.steps.SideSeries;
import io.hindsight.datasets.rows.steps.StepValues;
import io.hindsight.datasets.sequences.pieces.PieceReader;
import io.hindsight.datasets.sequences.pieces.PieceWriter;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads one row after the other that is a whole sequence: the arrays' order is the order of time.
 * Where there is a time column it holds an array too, and must ascend strictly: sorting here would
 * hide that other columns were written in another order.
 */
final class NestedRow {
  private final RowLayout layout;
  private final PieceWriter writer;
  private final StepValues step = new StepValues();
  private final Features inputs;
  private final NestedTargets targets;
  private final SideSeries side;

  /**
   * Reads rows.
   *
   * @param findings is told how wide vectors are
   * @param pieces takes the pieces of each row, as {@link PieceReader} reads them
   */
  NestedRow(RowLayout layout, RowFindings findings, Consumer<byte[]> pieces) {
    this.layout = layout;
    writer = new PieceWriter(pieces);
    inputs = Features.ofInputs(layout, findings);
    targets = new NestedTargets(layout, findings);
    side = new SideSeries(layout);
  }

  /**
   * Reads a row and writes its pieces.
   *
   * @throws DataException if a cell is not what it must be
   */
  void read(Cells row) {
    row.requireWellFormed(layout.malformedAt(), layout.format());
    String id = layout.hasIds() ? layout.id(row) : "";
    if (layout.emptyColumn(row).isPresent()) {
      writeEmpty(id, row);
      return;
    }
    Doubles features = new Doubles();
    int length =
        side.begin(row, layout.inputs().isEmpty() ? -1 : inputs.addSequence(row, features));
    List<String> times = times(row, length);
    Doubles numbers = targets.numbers(row, length);
    List<String> labels = targets.labels(row, length);
    writer.begin(id, row.place(), layout.kept(row));
    for (int t = 0; t < length; t++) {
      step.begin();
      addStep(features, t, length, step::inputs);
      addStep(numbers, t, length, step::numbers);
      side.addStep(t, row, step.label(labels.get(t)));
      writer.step(times.get(t), step.toBytes());
    }
    writer.end(0);
  }

  /** Adds what belongs to one of {@code length} equal parts. */
  private static void addStep(Doubles all, int t, int length, Part to) {
    if (all != null) {
      int width = all.size() / length;
      to.add(all, t * width, width);
    }
  }

  /** A sequence without values, as long as its inputs. */
  private void writeEmpty(String id, Cells row) {
    writer.begin(id, row.place(), layout.kept(row));
    int array = layout.inputs().isEmpty() ? layout.firstBeside() : layout.firstInput();
    for (int t = 0; t < row.length(array); t++) {
      writer.step(null, step.begin().toBytes());
    }
    writer.end(0);
  }

  private List<String> times(Cells row, int length) {
    if (!layout.hasTime()) {
      return Collections.nCopies(length, null);
    }
    String column = layout.timeName();
    List<Object> elements = row.elements(row.get(layout.timeAt(), column), column);
    row.requireLength(column, elements.size(), layout.firstArray(), length);
    List<Moment> moments = elements.stream().map(layout.time()::moment).toList();
    requireAscending(moments, row.place().column(column));
    return moments.stream().map(Moment::text).toList();
  }

  private static void requireAscending(List<Moment> moments, String place) {
    Comparator<Moment> order = Moment.order(moments, moment -> place);
    for (int t = 1; t < moments.size(); t++) {
      if (order.compare(moments.get(t - 1), moments.get(t)) >= 0) {
        throw new DataException(
            "the times of a sequence in an array must ascend",
            "%s after %s".formatted(moments.get(t).text(), moments.get(t - 1).text()),
            "%s, element %d".formatted(place, t),
            "sort all arrays of the row by time and remove duplicates");
      }
    }
  }

  /** A part of a step's values. */
  private interface Part {
    void add(Doubles some, int from, int count);
  }
}
