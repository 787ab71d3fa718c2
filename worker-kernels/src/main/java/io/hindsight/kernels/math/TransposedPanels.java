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

  private static final int LANES = Lanes.LANES;

  /** The most terms that {@link #CHUNK} panels have. */
  static final int TERMS = CHUNK * LANES;

  private final MatrixOps ops;
  private final int firstRow;
  private final int rows;
  private final double[] values; // (rows/8, n, 8)
  private final PanelView[] views = new PanelView[TERMS + 1]; // for each n that there was
  private int terms; // n

  /** For this many rows, from the first. */
  public TransposedPanels(MatrixOps ops, int rows) {
    this(ops, 0, rows);
  }

  /** For some rows. */
  public TransposedPanels(MatrixOps ops, int firstRow, int rows) {
    this.ops = ops;
    this.firstRow = firstRow;
    this.rows = rows;
    values = new double[Packing.size(rows, TERMS)];
  }

  /**
   * Takes the rows of some panels.
   *
   * @param count at most {@link #CHUNK} panels, from the {@code first} of the list
   */
  public void set(Panels panels, int first, int count, PanelView s) {
    terms = panels.lanes(first, count);
    ops.transpose(firstRow, rows, panels, first, count, s, values, 0);
  }

  /** The same values as the factor of a product that reads panels (n, 8), one for 8 rows. */
  PanelView panels() {
    if (views[terms] == null) {
      views[terms] = new PanelView(values, 0, terms * Packing.ROWS);
    }
    return views[terms];
  }

  /** The packed values // (rows/8, n, 8). */
  public double[] values() {
    return values;
  }

  /** Rows of this. */
  public int rows() {
    return rows;
  }

  /** n: the lanes of the panels. */
  public int terms() {
    return terms;
  }

  /** Bytes held. */
  public long bytes() {
    return (long) Double.BYTES * values.length;
  }
}
