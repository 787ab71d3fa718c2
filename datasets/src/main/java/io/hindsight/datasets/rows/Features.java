package io.hindsight.datasets.rows;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Doubles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Numeric columns side by side, each a number or a vector per step, as they are read. */
public final class Features {
  private final List<String> columns;
  private final int first; // position of the first column in a row
  private final boolean nested;
  private final boolean[] mayLack; // per column
  private final ColumnWidths widths;

  private Features(
      List<String> columns,
      int first,
      ColumnWidths widths,
      boolean nested,
      Predicate<String> mayLack) {
    this.nested = nested;
    this.mayLack = new boolean[columns.size()];
    for (int c = 0; c < columns.size(); c++) {
      this.mayLack[c] = mayLack.test(columns.get(c));
    }
    this.columns = columns;
    this.first = first;
    this.widths = widths;
  }

  /** The inputs of rows. */
  public static Features ofInputs(RowLayout layout, RowFindings findings) {
    return new Features(
        layout.inputs(),
        layout.firstInput(),
        new ColumnWidths(layout.inputs().size(), 0, findings),
        layout.nested(),
        layout.missing().inputs()::mayLack);
  }

  /** The numeric targets of rows. */
  public static Features ofTargets(RowLayout layout, RowFindings findings) {
    int before = layout.inputs().size();
    boolean mayLack = layout.missing().targets();
    return new Features(
        layout.numbers(),
        layout.firstTarget(),
        new ColumnWidths(layout.numbers().size(), before, findings),
        layout.nested(),
        column -> mayLack);
  }

  /** Appends one time step of a table with a row per step. */
  public void addStep(Cells cells, Doubles to) {
    for (int c = 0; c < columns.size(); c++) {
      add(cells, c, step(cells, c), to);
    }
  }

  /** Appends a row of which only some columns have values. */
  public void addFuture(Cells cells, List<String> known, Doubles to) {
    for (int c = 0; c < columns.size(); c++) {
      if (known.contains(columns.get(c))) {
        add(cells, c, step(cells, c), to);
      } else {
        to.add(Double.NaN);
      }
    }
  }

  private Object step(Cells cells, int c) {
    return mayBeNull(cells, c) ? cells.getOrNull(first + c) : cells.get(first + c, columns.get(c));
  }

  /** Whether a step may be null: of a vector not even its width would be known. */
  private boolean mayBeNull(Cells cells, int c) {
    return mayLack[c] && !cells.areVectors(first + c, nested);
  }

  private List<Object> steps(Cells cells, int c) {
    Object array = cells.get(first + c, columns.get(c));
    return mayBeNull(cells, c)
        ? cells.elementsOrNull(array, columns.get(c))
        : cells.elements(array, columns.get(c));
  }

  /**
   * Appends all time steps of a table with a row per sequence.
   *
   * @return the number of steps
   */
  public int addSequence(Cells cells, Doubles to) {
    List<List<Object>> series = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      series.add(steps(cells, c));
      int length = series.get(0).size();
      cells.requireLength(columns.get(c), series.get(c).size(), columns.get(0), length);
    }
    for (int t = 0; t < series.get(0).size(); t++) {
      for (int c = 0; c < columns.size(); c++) {
        add(cells, c, series.get(c).get(t), to);
      }
    }
    return series.get(0).size();
  }

  private void add(Cells cells, int c, Object cell, Doubles to) {
    String column = columns.get(c);
    if (!Cells.isArray(cell)) {
      widths.set(c, ColumnWidths.PLAIN, cells.place());
      to.add(number(cells, c, cell));
      return;
    }
    List<Object> vector =
        mayLack[c] ? cells.elementsOrNull(cell, column) : cells.elements(cell, column);
    if (vector.isEmpty()) {
      throw new DataException(
          "a vector must not be empty",
          "a width of 0",
          cells.place().column(column),
          "correct the value or remove the row");
    }
    widths.set(c, vector.size(), cells.place());
    for (Object element : vector) {
      to.add(number(cells, c, element));
    }
  }

  private double number(Cells cells, int c, Object cell) {
    String column = columns.get(c);
    return mayLack[c] ? cells.numberOrNan(cell, column) : cells.number(cell, column);
  }
}
