package io.hindsight.datasets.rows;

import java.io.Serializable;
import java.util.Comparator;

/**
 * Where a row of a table stands; places are in the order of files' names, and of the rows in a
 * file.
 *
 * @param file its file, or a description of its source
 * @param block the byte at which Spark started to read this part of the file; or the number of the
 *     partition, if there is no file
 * @param row number of the row in that part, from 1, header and blank lines not counted
 * @param ofFile whether there is a file
 */
public record TablePlace(String file, long block, long row, boolean ofFile)
    implements Comparable<TablePlace>, Serializable {
  private static final Comparator<TablePlace> ORDER =
      Comparator.comparing(TablePlace::file)
          .thenComparing(TablePlace::block)
          .thenComparing(TablePlace::row);

  @Override
  public int compareTo(TablePlace other) {
    return ORDER.compare(this, other);
  }

  /** Whether both rows are of the same part of a file. */
  boolean isBeside(TablePlace other) {
    return other != null && block == other.block && file.equals(other.file);
  }

  @Override
  public String toString() {
    if (block == 0) {
      return "%s, data row %d".formatted(file, row);
    }
    return ofFile
        ? "%s, data row %d after byte %d".formatted(file, row, block)
        : "%s, data row %d of partition %d".formatted(file, row, block);
  }

  /** The place of one of the row's columns. */
  public String column(String name) {
    return this + ", column " + name;
  }
}
