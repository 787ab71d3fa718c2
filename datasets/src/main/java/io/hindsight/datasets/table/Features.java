package io.hindsight.datasets.table;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Doubles;
import java.util.ArrayList;
import java.util.List;

/**
 * Numeric columns side by side, each a number or a vector per step; the width of a vector is that
 * of its first row.
 */
final class Features {
  private final List<String> columns;
  private final int first; // position of the first column in a row
  private final int[] widths; // per column; 0 until the first row, −1 for a plain number

  Features(List<String> columns, int first) {
    this.columns = columns;
    this.first = first;
    this.widths = new int[columns.size()];
  }

  /** Appends one time step of a table with a row per step. */
  void addStep(Cells cells, Doubles to) {
    for (int c = 0; c < columns.size(); c++) {
      String column = columns.get(c);
      add(cells, c, cells.get(first + c, column), to);
    }
  }

  /**
   * Appends all time steps of a table with a row per sequence.
   *
   * @return the number of steps
   */
  int addSequence(Cells cells, Doubles to) {
    List<List<Object>> series = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      String column = columns.get(c);
      series.add(cells.elements(cells.get(first + c, column), column));
      if (series.get(c).size() != series.get(0).size()) {
        throw new DataException(
            "all arrays of a row must have the length of %s, %d"
                .formatted(columns.get(0), series.get(0).size()),
            "a length of " + series.get(c).size(),
            cells.place().column(column),
            "make the arrays equally long");
      }
    }
    for (int t = 0; t < series.get(0).size(); t++) {
      for (int c = 0; c < columns.size(); c++) {
        add(cells, c, series.get(c).get(t), to);
      }
    }
    return series.get(0).size();
  }

  /** Numbers per step; known after the first. */
  int width() {
    int width = 0;
    for (int columnWidth : widths) {
      width += Math.abs(columnWidth);
    }
    return width;
  }

  /** A name for each number of a step, alike in every locale; known after the first. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      if (widths[c] < 0) {
        names.add(columns.get(c));
      }
      for (int i = 0; i < widths[c]; i++) {
        names.add(columns.get(c) + "[" + i + "]");
      }
    }
    return names;
  }

  private void add(Cells cells, int c, Object cell, Doubles to) {
    String column = columns.get(c);
    if (!(cell instanceof scala.collection.Seq)) {
      to.add(cells.number(cell, column));
      widths[c] = -1;
      return;
    }
    List<Object> vector = cells.elements(cell, column);
    if (vector.isEmpty() || (widths[c] > 0 && widths[c] != vector.size())) {
      throw cells.ragged(column, Math.max(1, widths[c]), vector.size());
    }
    widths[c] = vector.size();
    for (Object element : vector) {
      to.add(cells.number(element, column));
    }
  }
}
