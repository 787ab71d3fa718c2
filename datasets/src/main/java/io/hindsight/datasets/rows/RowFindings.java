package io.hindsight.datasets.rows;

import io.hindsight.datasets.DataException;
import java.util.Optional;

/**
 * What the rows of a table, or of some of its partitions, showed one by one: the first fault, how
 * times are written, how wide vectors are.
 */
public final class RowFindings implements Findings<RowFindings> {
  private static final long serialVersionUID = 1L;

  private final FirstTwo<Integer>[] widths; // by column: of its vectors; 0 for a plain number
  private final FirstTwo<TimeText> shapes = new FirstTwo<>();
  private final FirstTwo<TimeText> notIso = new FirstTwo<>();
  private final FirstTwo<TimeText> words = new FirstTwo<>();
  private boolean numbers = true;
  private TablePlace place; // of the first fault; null if there is none
  private DataException fault;

  /**
   * Nothing yet.
   *
   * @param columns with numbers, inputs first
   */
  @SuppressWarnings({"unchecked", "rawtypes"})
  public RowFindings(int columns) {
    widths = new FirstTwo[columns];
    for (int c = 0; c < columns; c++) {
      widths[c] = new FirstTwo<>();
    }
  }

  /** Whether a row need not be looked at, as a fault stands before it. */
  public boolean isBehindFault(TablePlace row) {
    return place != null && row.compareTo(place) > 0;
  }

  /** Whether there is a fault. */
  boolean hasFault() {
    return place != null;
  }

  public void addFault(TablePlace row, DataException error) {
    if (!isBehindFault(row)) {
      place = row;
      fault = error;
    }
  }

  /** Whether all times write numbers. */
  boolean areNumbers() {
    return numbers;
  }

  /** Takes a time that is no timestamp. */
  void addTime(TimeText time, boolean isNumber, TablePlace row) {
    numbers &= isNumber;
    shapes.add(time, row);
    if (time.shape().dayOrMonthFirst()) {
      notIso.add(time, row);
    }
    if (time.shape().hasWord()) {
      words.add(time, row);
    }
  }

  void addWidth(int column, int width, TablePlace row) {
    widths[column].add(width, row);
  }

  @Override
  public void merge(RowFindings other) {
    if (other.hasFault()) {
      addFault(other.place, other.fault);
    }
    numbers &= other.numbers;
    shapes.merge(other.shapes);
    notIso.merge(other.notIso);
    words.merge(other.words);
    for (int c = 0; c < widths.length; c++) {
      widths[c].merge(other.widths[c]);
    }
  }

  /** The width of a column's vectors; 0 for plain numbers, absent if no row has a value. */
  Optional<Integer> width(int column) {
    return widths[column].first().map(FirstTwo.Found::value);
  }

  /**
   * Refuses the first fault: of a row alone, of vectors that are not equally wide, of times that do
   * not sort.
   *
   * @param layout of the rows
   */
  public void requireNone(RowLayout layout) {
    if (hasFault()) {
      throw fault;
    }
    for (int c = 0; c < widths.length; c++) {
      requireOneWidth(c, layout);
    }
    if (!numbers) {
      requireSortable(layout.timeName());
    }
  }

  private void requireOneWidth(int c, RowLayout layout) {
    int inputs = layout.inputs().size();
    String column = c < inputs ? layout.inputs().get(c) : layout.numbers().get(c - inputs);
    widths[c]
        .other()
        .ifPresent(
            other -> {
              throw ragged(width(c).orElseThrow(), other, column);
            });
  }

  private static DataException ragged(int width, FirstTwo.Found<Integer> other, String column) {
    return new DataException(
        "all vectors of a column must have the width of the first, %d".formatted(width),
        "a width of " + other.value(),
        other.place().column(column),
        "make the vectors equally wide");
  }

  private void requireSortable(String column) {
    refuseNotIso(notIso, column);
    refuseNotIso(words, column);
    shapes
        .other()
        .ifPresent(
            other -> {
              String first = shapes.first().orElseThrow().value().text();
              throw Unsortable.unlike(other.value().text(), first, other.place().column(column));
            });
  }

  private static void refuseNotIso(FirstTwo<TimeText> times, String column) {
    times
        .first()
        .ifPresent(
            time -> {
              throw Unsortable.notIso(time.value().text(), time.place().column(column));
            });
  }
}
