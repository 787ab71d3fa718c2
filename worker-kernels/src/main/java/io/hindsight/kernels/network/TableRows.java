package io.hindsight.kernels.network;

import io.hindsight.kernels.network.ParameterLayout.Block;
import java.util.Arrays;
import java.util.List;

/** The rows of all tables of a network, numbered one table after the other. */
public final class TableRows {
  private final int firstElement; // where the first table begins in the flat array
  private final int[] firstRow; // [K+1]
  private final int[] offsets; // [K], in the flat array
  private final int[] widths; // [K]

  /**
   * The rows of some tables.
   *
   * @param firstElement where tables begin in the flat array, or would
   */
  TableRows(int firstElement, List<Block> tables) {
    this.firstElement = firstElement;
    firstRow = new int[tables.size() + 1];
    offsets = tables.stream().mapToInt(Block::offset).toArray();
    widths = tables.stream().mapToInt(Block::columns).toArray();
    for (int table = 0; table < widths.length; table++) {
      firstRow[table + 1] = firstRow[table] + tables.get(table).rows();
    }
  }

  /** No tables, after so many parameters. */
  public static TableRows none(int parameters) {
    return new TableRows(parameters, List.of());
  }

  /** D: where tables begin in the flat array, or would. */
  public int firstElement() {
    return firstElement;
  }

  /** How many rows all tables have. */
  public int count() {
    return firstRow[widths.length];
  }

  /** The number of a table's first row. */
  public int first(int table) {
    return firstRow[table];
  }

  /** Elements of a row. */
  public int width(int row) {
    return widths[table(row)];
  }

  /** Where a row begins in the flat array. */
  public int offset(int row) {
    int table = table(row);
    return offsets[table] + (row - firstRow[table]) * widths[table];
  }

  private int table(int row) {
    int table = 0;
    while (row >= firstRow[table + 1]) {
      table++;
    }
    return table;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TableRows that
        && firstElement == that.firstElement
        && Arrays.equals(firstRow, that.firstRow)
        && Arrays.equals(widths, that.widths);
  }

  @Override
  public int hashCode() {
    return 31 * firstElement + Arrays.hashCode(firstRow);
  }
}
