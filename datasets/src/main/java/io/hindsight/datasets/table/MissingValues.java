package io.hindsight.datasets.table;

import io.hindsight.datasets.DataException;

/**
 * Rows of a sequence whose inputs, or whose targets, are all missing. A sequence of nothing else is
 * left out; one that has values elsewhere is refused.
 */
final class MissingValues {
  private int rows;
  private String first = "";

  /** Takes a row that has neither inputs nor targets to give, and tells whether it is one. */
  boolean take(Cells row, TableColumns columns) {
    String column = emptyColumn(row, columns);
    if (column.isEmpty()) {
      return false;
    }
    first = rows == 0 ? row.place().column(column) : first;
    rows++;
    return true;
  }

  /** The first of the columns that are all empty; empty if a value is there. */
  private static String emptyColumn(Cells row, TableColumns columns) {
    if (isEmpty(row, columns.firstInput(), columns.firstTarget())) {
      return columns.inputs().get(0);
    }
    return isEmpty(row, columns.firstTarget(), columns.fileAt()) ? columns.target() : "";
  }

  private static boolean isEmpty(Cells row, int from, int to) {
    for (int position = from; position < to; position++) {
      if (!row.isMissing(position)) {
        return false;
      }
    }
    return from < to;
  }

  /**
   * Whether a sequence has no value at all.
   *
   * @param length rows of the sequence, at least 1
   * @throws DataException if only some are missing
   */
  boolean all(int length) {
    if (rows > 0 && rows < length) {
      throw Cells.missing(first);
    }
    return rows == length;
  }
}
