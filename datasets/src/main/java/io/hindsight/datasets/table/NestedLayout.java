package io.hindsight.datasets.table;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Doubles;
import io.hindsight.datasets.FixedWidth;
import io.hindsight.datasets.IdOrder;
import io.hindsight.datasets.RawSequence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * One row per sequence: the arrays' order is the order of time. Where there is a time column it
 * holds an array too, and must ascend strictly: sorting here would hide that other columns were
 * written in another order.
 *
 * <p>A target column is an array with an element per step, or one label for the whole sequence,
 * which then stands at every step. Without an id column sequences are numbered as their rows follow
 * each other in the files, sorted by name.
 */
final class NestedLayout implements TableLayout {
  private final TableColumns columns;
  private final Features inputs;
  private final Features numbers;
  private final TreeMap<String, TablePlace> places = new TreeMap<>();
  private final List<Numbered> rows = new ArrayList<>();

  NestedLayout(TableColumns columns) {
    this.columns = columns;
    this.inputs = new Features(columns.inputs(), columns.firstInput());
    this.numbers = new Features(columns.numbers(), columns.firstTarget());
  }

  @Override
  public void accept(Cells row) {
    String id = columns.sequence().isPresent() ? columns.id(row) : "";
    if (columns.sequence().isPresent()) {
      refuseDuplicate(id, row.place());
    }
    RawSequence sequence =
        new MissingValues().take(row, columns) ? empty(id, row) : sequence(id, row);
    rows.add(new Numbered(row.place(), sequence));
  }

  private RawSequence sequence(String id, Cells row) {
    Doubles values = new Doubles();
    int length = inputs.addSequence(row, values);
    return new RawSequence(
        id,
        row.place().file(),
        times(row, length),
        values.toArray(),
        columns.numbers().isEmpty() ? null : numbers(row, length),
        columns.label().isEmpty() ? null : labels(row, length),
        length);
  }

  /** A sequence without values, as long as its inputs. */
  private RawSequence empty(String id, Cells row) {
    int length = row.length(columns.firstInput());
    return new RawSequence(id, row.place().file(), List.of(), null, null, null, length);
  }

  @Override
  public List<RawSequence> sequences() {
    if (columns.sequence().isPresent()) {
      return rows.stream()
          .map(Numbered::sequence)
          .sorted(Comparator.comparing(RawSequence::id, IdOrder.UTF_8))
          .toList();
    }
    rows.sort(
        Comparator.comparing((Numbered row) -> row.place().file())
            .thenComparing(row -> row.place().block())
            .thenComparing(row -> row.place().row()));
    List<RawSequence> sequences = new ArrayList<>();
    for (Numbered row : rows) {
      String id = "row-" + FixedWidth.of(sequences.size() + 1L, 10);
      sequences.add(row.sequence().withId(id));
    }
    return sequences;
  }

  @Override
  public List<String> features() {
    return inputs.names();
  }

  @Override
  public List<String> targets() {
    return numbers.names();
  }

  @Override
  public boolean labelled() {
    return columns.labelled();
  }

  private void refuseDuplicate(String id, TablePlace place) {
    TablePlace first = places.putIfAbsent(id, place);
    if (first != null) {
      throw new DataException(
          "a sequence must have one row where rows hold whole sequences",
          "sequence '%s' twice".formatted(id),
          "%s and %s, column %s".formatted(first, place, columns.sequence().orElseThrow()),
          "remove one of the rows");
    }
  }

  private List<String> times(Cells row, int length) {
    if (!columns.hasTime()) {
      return List.of();
    }
    List<Object> elements = row.elements(row.get(columns.timeAt(), columns.time()), columns.time());
    requireLength(row, columns.time(), elements.size(), length);
    List<Moment> moments = elements.stream().map(columns::moment).toList();
    String place = row.place().column(columns.time());
    Comparator<Moment> order = Moment.order(moments, moment -> place);
    for (int t = 1; t < length; t++) {
      if (order.compare(moments.get(t - 1), moments.get(t)) >= 0) {
        throw new DataException(
            "the times of a sequence in an array must ascend",
            "%s after %s".formatted(moments.get(t).text(), moments.get(t - 1).text()),
            "%s, element %d".formatted(place, t),
            "sort all arrays of the row by time and remove duplicates");
      }
    }
    return moments.stream().map(Moment::text).toList();
  }

  private double[] numbers(Cells row, int length) {
    Doubles values = new Doubles();
    if (!columns.labelled()) {
      int targets = numbers.addSequence(row, values);
      requireLength(row, columns.numbers().get(0), targets, length);
      return values.toArray();
    }
    for (int t = 0; t < length; t++) {
      numbers.addStep(row, values);
    }
    return values.toArray();
  }

  private List<String> labels(Cells row, int length) {
    String column = columns.label().orElseThrow();
    Object cell = row.get(columns.firstTarget(), column);
    if (columns.labelled()) {
      return Collections.nCopies(length, row.label(cell, column));
    }
    List<Object> elements = row.elements(cell, column);
    requireLength(row, column, elements.size(), length);
    return elements.stream().map(element -> row.label(element, column)).toList();
  }

  private void requireLength(Cells row, String column, int actual, int length) {
    if (actual != length) {
      throw new DataException(
          "all arrays of a row must have the length of %s, %d"
              .formatted(columns.inputs().get(0), length),
          "a length of " + actual,
          row.place().column(column),
          "make the arrays equally long");
    }
  }

  /** A sequence and the row that held it. */
  private record Numbered(TablePlace place, RawSequence sequence) {}
}
