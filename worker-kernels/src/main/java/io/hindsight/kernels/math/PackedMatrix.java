package io.hindsight.kernels.math;

/**
 * A weight matrix A (m, k) in the order products read it: blocks of 8 rows, {@code (m/8, k, 8)},
 * the last one padded with zeros. The 8 weights that meet one input row are neighbours, as a
 * register-blocked product wants them. Filled again without allocation.
 *
 * <p>It may be a part of a larger matrix: then its first row makes row {@link #firstRow} of what
 * the larger one makes, and its first column meets row {@link #firstColumn} of what that reads.
 */
public final class PackedMatrix {
  private final int rows; // m
  private final int columns; // k
  private final double[] values; // (m/8, k, 8), from valuesFrom
  private final int valuesFrom;
  private final int firstRow;
  private final int firstColumn;
  private volatile PackedMatrix[] parts = {}; // those last asked for

  /** A matrix (m, k) of zeros. */
  public PackedMatrix(int m, int k) {
    this(m, k, new double[Packing.size(m, k)], 0);
  }

  /**
   * Wraps packed values without copying them.
   *
   * @param values (m/8, k, 8), from {@code valuesFrom}
   */
  PackedMatrix(int rows, int columns, double[] values, int valuesFrom) {
    this(rows, columns, values, valuesFrom, 0, 0);
  }

  private PackedMatrix(
      int rows, int columns, double[] values, int valuesFrom, int firstRow, int firstColumn) {
    this.rows = rows;
    this.columns = columns;
    this.values = values;
    this.valuesFrom = valuesFrom;
    this.firstRow = firstRow;
    this.firstColumn = firstColumn;
  }

  /** The same live values, as the part of a larger matrix that begins there. */
  public PackedMatrix at(int row, int column) {
    return new PackedMatrix(rows, columns, values, valuesFrom, row, column);
  }

  /**
   * The same live values of some rows: one of {@code count} nearly equal shares, cut as {@link
   * Packing#cut} says. Allocates the first time that there are so many.
   */
  public PackedMatrix part(int part, int count) {
    PackedMatrix[] known = parts;
    if (known.length != count) {
      known = cut(count);
      parts = known;
    }
    return known[part];
  }

  private PackedMatrix[] cut(int count) {
    PackedMatrix[] cut = new PackedMatrix[count];
    for (int part = 0; part < count; part++) {
      int first = Packing.cut(rows, part, count);
      cut[part] = rows(first, Packing.cut(rows, part + 1, count) - first);
    }
    return cut;
  }

  /**
   * The same live values of some rows.
   *
   * @param first a multiple of 8
   */
  public PackedMatrix rows(int first, int count) {
    int from = valuesFrom + first * columns;
    return new PackedMatrix(count, columns, values, from, firstRow + first, firstColumn);
  }

  /**
   * Packs a row-major matrix.
   *
   * @param a (m, k), from {@code aFrom}
   */
  public static PackedMatrix of(int m, int k, double[] a, int aFrom) {
    PackedMatrix packed = new PackedMatrix(m, k);
    packed.setRows(0, m, a, aFrom);
    return packed;
  }

  /**
   * Sets some rows to a row-major matrix.
   *
   * @param row the first of them
   * @param a (count, k), from {@code aFrom}
   */
  public void setRows(int row, int count, double[] a, int aFrom) {
    setBlock(row, 0, count, columns, a, aFrom);
  }

  /**
   * Sets a part to a row-major matrix.
   *
   * @param row its first row
   * @param column its first column
   * @param a (count, n), from {@code aFrom}
   */
  public void setBlock(int row, int column, int count, int n, double[] a, int aFrom) {
    Packing.pack(row, column, count, n, columns, a, aFrom, values);
  }

  /**
   * Sets some columns to the transpose of a row-major matrix.
   *
   * @param column the first of them
   * @param a (count, m), from {@code aFrom}
   */
  public void setColumns(int column, int count, double[] a, int aFrom) {
    Packing.packTransposed(column, count, rows, columns, a, aFrom, values);
  }

  /** m. */
  public int rows() {
    return rows;
  }

  /** k. */
  public int columns() {
    return columns;
  }

  /** The row of the larger matrix at which it begins; 0 if it is no part of one. */
  public int firstRow() {
    return firstRow;
  }

  /** The column of the larger matrix at which it begins; 0 if it is no part of one. */
  public int firstColumn() {
    return firstColumn;
  }

  /** The live packed values, from {@link #valuesFrom} // (m/8, k, 8). */
  public double[] values() {
    return values;
  }

  /** Where its first row begins in {@link #values}. */
  public int valuesFrom() {
    return valuesFrom;
  }

  /** Bytes held. */
  public long bytes() {
    return (long) Double.BYTES * values.length;
  }
}
