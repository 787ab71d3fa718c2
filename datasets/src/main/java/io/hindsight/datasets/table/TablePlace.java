package io.hindsight.datasets.table;

/**
 * Where a row of a table stands.
 *
 * @param file its file, or a description of its source
 * @param block the byte at which Spark started to read this part of the file
 * @param row number of the row in that part, from 1, header and blank lines not counted
 */
record TablePlace(String file, long block, long row) {
  @Override
  public String toString() {
    return block == 0
        ? "%s, data row %d".formatted(file, row)
        : "%s, data row %d after byte %d".formatted(file, row, block);
  }

  /** The place of one of the row's columns. */
  String column(String name) {
    return this + ", column " + name;
  }
}
