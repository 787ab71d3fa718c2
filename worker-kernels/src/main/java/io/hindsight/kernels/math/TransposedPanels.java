package io.hindsight.kernels.math;

/**
 * Some rows of up to {@link #CHUNK} panels, lane after lane: one factor of a weight gradient,
 * packed (rows, 8·panels).
 */
public final class TransposedPanels {
  /**
   * Panels taken at a time: 256 terms of a sum, so that the pieces of both factors that meet stay
   * in the first caches. A sum may be cut anywhere without changing a bit.
   */
  public static final int CHUNK = 32;

  private static final int LANES = 8;
  private static final int ROWS = Packing.ROWS;

  private final MatrixOps ops;
  private final int rows;
  private final double[] values; // (rows/8, n, 8)
  private final double[] lastColumns; // (7, rows)
  private int terms; // n

  /** For this many rows. */
  public TransposedPanels(MatrixOps ops, int rows) {
    this.ops = ops;
    this.rows = rows;
    values = new double[Packing.size(rows, CHUNK * LANES)];
    lastColumns = new double[Packing.size(rows, ROWS - 1)];
  }

  /**
   * Takes the rows of some panels.
   *
   * @param count at most {@link #CHUNK} panels, from the {@code first} of the list
   * @param s panel p from {@code sFrom + p·sStride}
   */
  public void set(Panels panels, int first, int count, double[] s, int sFrom, int sStride) {
    terms = count * LANES;
    ops.transpose(rows, panels, first, count, s, sFrom, sStride, values, 0);
  }

  /**
   * W (m, k) += Σ_i this (m, i) · x (k, i), k being the rows of {@code x}.
   *
   * @param m the first rows of this
   * @param w row-major (m, k), from {@code wFrom}
   */
  public void addOuterProduct(int m, TransposedPanels x, double[] w, int wFrom) {
    int whole = x.rows & -ROWS;
    if (whole > 0) {
      ops.outerProduct(m, whole, terms, values, 0, x.values, 0, w, wFrom, x.rows);
    }
    if (whole < x.rows) {
      addLastColumns(m, whole, x, w, wFrom);
    }
  }

  /**
   * The columns that fill no vector, as the rows of the transposed problem: rows may be any number.
   */
  private void addLastColumns(int m, int whole, TransposedPanels x, double[] w, int wFrom) {
    int columns = x.rows - whole;
    int stride = Packing.paddedRows(m);
    for (int row = 0; row < m; row++) {
      int from = wFrom + row * x.rows + whole;
      for (int column = 0; column < columns; column++) {
        lastColumns[column * stride + row] = w[from + column];
      }
    }
    ops.outerProduct(
        columns, stride, terms, x.values, whole * terms, values, 0, lastColumns, 0, stride);
    for (int row = 0; row < m; row++) {
      int to = wFrom + row * x.rows + whole;
      for (int column = 0; column < columns; column++) {
        w[to + column] = lastColumns[column * stride + row];
      }
    }
  }

  /** The packed values // (rows/8, n, 8). */
  public double[] values() {
    return values;
  }

  /** n: 8 for each panel. */
  public int terms() {
    return terms;
  }

  /** Bytes held. */
  public long bytes() {
    return (long) Double.BYTES * (values.length + lastColumns.length);
  }
}
