package io.hindsight.kernels.math;

/**
 * A weight matrix A (m, k) in the order products read it: blocks of 8 rows, {@code (m/8, k, 8)},
 * the last one padded with zeros. The 8 weights that meet one input row are neighbours, as a
 * register-blocked product wants them. Immutable once filled.
 */
public final class PackedMatrix {
  private final int rows; // m
  private final int columns; // k
  private final double[] values; // (m/8, k, 8)

  /**
   * Wraps packed values without copying them.
   *
   * @param values (m/8, k, 8)
   */
  PackedMatrix(int rows, int columns, double[] values) {
    this.rows = rows;
    this.columns = columns;
    this.values = values;
  }

  /**
   * Packs a row-major matrix.
   *
   * @param a (m, k), from {@code aFrom}
   */
  public static PackedMatrix of(int m, int k, double[] a, int aFrom) {
    PackedMatrix packed = new PackedMatrix(m, k, new double[Packing.size(m, k)]);
    Packing.pack(m, k, a, aFrom, packed.values);
    return packed;
  }

  /**
   * Packs the transpose (k, m) of a row-major matrix.
   *
   * @param a (m, k), from {@code aFrom}
   */
  public static PackedMatrix ofTransposed(int m, int k, double[] a, int aFrom) {
    PackedMatrix packed = new PackedMatrix(k, m, new double[Packing.size(k, m)]);
    Packing.packTransposed(m, k, a, aFrom, packed.values);
    return packed;
  }

  /** m. */
  public int rows() {
    return rows;
  }

  /** k. */
  public int columns() {
    return columns;
  }

  /** The live packed values // (m/8, k, 8). */
  public double[] values() {
    return values;
  }

  /** Bytes held. */
  public long bytes() {
    return (long) Double.BYTES * values.length;
  }
}
