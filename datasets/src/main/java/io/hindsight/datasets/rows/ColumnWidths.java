package io.hindsight.datasets.rows;

import java.util.ArrayList;
import java.util.List;

/** How wide numeric columns side by side are, each a number or a vector per step. */
public final class ColumnWidths {
  /** That of a column of plain numbers. */
  static final int PLAIN = 0;

  private static final int UNKNOWN = -1;

  private final int before; // numeric columns before these
  private final RowFindings findings;
  private final int[] widths; // per column: that of the row before
  private final TablePlace[] places; // per column: the row that told it

  /**
   * Tells findings about some columns, as they are read.
   *
   * @param before numeric columns before these
   */
  ColumnWidths(int columns, int before, RowFindings findings) {
    this.before = before;
    this.findings = findings;
    widths = new int[columns];
    places = new TablePlace[columns];
  }

  /** Takes the width of a column in a row, which is news if it is another or in another place. */
  void set(int column, int width, TablePlace place) {
    if (widths[column] != width || !place.isBeside(places[column])) {
      findings.addWidth(before + column, width, place);
      widths[column] = width;
      places[column] = place;
    }
  }

  /**
   * A name for each number of a step, alike in every locale.
   *
   * @param before numeric columns before these
   */
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
