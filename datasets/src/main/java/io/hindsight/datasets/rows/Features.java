package io.hindsight.datasets.rows;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Doubles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import scala.collection.Seq;

/** Numeric columns side by side, each a number or a vector per step, as they are read. */
public final class Features {
  private static final int PLAIN = 0;
  private static final int UNKNOWN = -1;

  private final List<String> columns;
  private final int first; // position of the first column in a row
  private final int before; // numeric columns before these
  private final RowFindings findings;
  private final boolean nested;
  private final boolean[] mayLack; // per column
  private final int[] widths; // per column: that of the row before; 0 for a plain number
  private final TablePlace[] places; // per column: the row that told it

  private Features(
      List<String> columns,
      int first,
      int before,
      RowFindings findings,
      boolean nested,
      Predicate<String> mayLack) {
    this.nested = nested;
    this.mayLack = new boolean[columns.size()];
    for (int c = 0; c < columns.size(); c++) {
      this.mayLack[c] = mayLack.test(columns.get(c));
    }
    this.columns = columns;
    this.first = first;
    this.before = before;
    this.findings = findings;
    this.widths = new int[columns.size()];
    this.places = new TablePlace[columns.size()];
  }

  /** The inputs of rows. */
  public static Features ofInputs(RowLayout layout, RowFindings findings) {
    return new Features(
        layout.inputs(),
        layout.firstInput(),
        0,
        findings,
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
        before,
        findings,
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
      String column = columns.get(c);
      series.add(steps(cells, c));
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

  private void add(Cells cells, int c, Object cell, Doubles to) {
    String column = columns.get(c);
    if (!(cell instanceof Seq)) {
      setWidth(c, PLAIN, cells.place());
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
    setWidth(c, vector.size(), cells.place());
    for (Object element : vector) {
      to.add(number(cells, c, element));
    }
  }

  private double number(Cells cells, int c, Object cell) {
    String column = columns.get(c);
    return mayLack[c] ? cells.numberOrNan(cell, column) : cells.number(cell, column);
  }

  private void setWidth(int c, int width, TablePlace place) {
    if (widths[c] != width || !place.isBeside(places[c])) {
      findings.addWidth(before + c, width, place);
      widths[c] = width;
      places[c] = place;
    }
  }

  /** A name for each number of a step, alike in every locale. */
  public static List<String> names(List<String> columns, int before, RowFindings findings) {
    List<String> names = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      int width = findings.width(before + c).orElse(UNKNOWN);
      if (width == PLAIN) {
        names.add(columns.get(c));
      }
      for (int i = 0; i < width; i++) {
        names.add(columns.get(c) + "[" + i + "]");
      }
    }
    return names;
  }
}
