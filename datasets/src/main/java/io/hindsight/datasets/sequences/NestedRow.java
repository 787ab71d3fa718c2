package io.hindsight.datasets.sequences;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Doubles;
import io.hindsight.datasets.rows.Cells;
import io.hindsight.datasets.rows.Features;
import io.hindsight.datasets.rows.Moment;
import io.hindsight.datasets.rows.RowFindings;
import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.rows.steps.SideCells;
import io.hindsight.datasets.rows.steps.StepValues;
import io.hindsight.datasets.spec.TargetKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads one row after the other that is a whole sequence: the arrays' order is the order of time.
 * Where there is a time column it holds an array too, and must ascend strictly: sorting here would
 * hide that other columns were written in another order.
 *
 * <p>A target column is an array with an element per step, or one label for the whole sequence,
 * which then stands at every step.
 */
final class NestedRow {
  private final RowLayout layout;
  private final PieceWriter writer;
  private final StepValues step = new StepValues();
  private final Features inputs;
  private final Features numbers;
  private final SideCells side;

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
    numbers = Features.ofTargets(layout, findings);
    side = new SideCells(layout);
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
    Doubles targets = numbers(row, length);
    List<String> labels = labels(row, length);
    writer.begin(id, row.place(), layout.kept(row));
    for (int t = 0; t < length; t++) {
      step.begin();
      addStep(features, t, length, step::inputs);
      addStep(targets, t, length, step::numbers);
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
    requireLength(row, column, elements.size(), length);
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

  /** The numeric targets; null if there are none. */
  private Doubles numbers(Cells row, int length) {
    if (layout.numbers().isEmpty()) {
      return null;
    }
    Doubles values = new Doubles();
    if (!layout.labelled()) {
      int targets = numbers.addSequence(row, values);
      requireLength(row, layout.numbers().get(0), targets, length);
      return values;
    }
    for (int t = 0; t < length; t++) {
      numbers.addStep(row, values);
    }
    return values;
  }

  private List<String> labels(Cells row, int length) {
    Optional<String> label = layout.label();
    if (label.isEmpty()) {
      return Collections.nCopies(length, null);
    }
    String column = label.get();
    Object cell = row.get(layout.firstTarget(), column);
    if (layout.labelled()) {
      return Collections.nCopies(length, row.label(cell, column));
    }
    List<Object> elements =
        layout.missing().targets() ? row.elementsOrNull(cell, column) : row.elements(cell, column);
    boolean mayBeShorter = layout.kind() == TargetKind.LABEL_STRING;
    if (!mayBeShorter || elements.size() > length) {
      requireLength(row, column, elements.size(), length);
    }
    List<String> labels = new ArrayList<>(Collections.nCopies(length, ""));
    for (int t = 0; t < elements.size(); t++) {
      labels.set(t, layout.label(row, elements.get(t), column));
    }
    return labels;
  }

  private void requireLength(Cells row, String column, int actual, int length) {
    if (actual != length) {
      throw new DataException(
          "all arrays of a row must have the length of %s, %d"
              .formatted(layout.firstArray(), length),
          "a length of " + actual,
          row.place().column(column),
          "make the arrays equally long");
    }
  }

  /** A part of a step's values. */
  private interface Part {
    void add(Doubles some, int from, int count);
  }
}
