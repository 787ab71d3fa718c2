package io.hindsight.kernels.math;

import io.hindsight.kernels.panel.AlignedMemory;
import io.hindsight.kernels.panel.Lanes;
import io.hindsight.kernels.panel.PanelView;
import io.hindsight.kernels.panel.Panels;

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
  private final double[] values; // (rows/8, n, 8), from valuesFrom
  private final int valuesFrom;
  private final PanelView[] views = new PanelView[TERMS + 1]; // for each n that there was
  private int terms; // n

  /** For this many rows, from the first. */
  public TransposedPanels(MatrixOps ops, AlignedMemory memory, int rows) {
    this(ops, memory, 0, rows);
  }

  /** For some rows. */
  public TransposedPanels(MatrixOps ops, AlignedMemory memory, int firstRow, int rows) {
    this.ops = ops;
    this.firstRow = firstRow;
    this.rows = rows;
    PanelView blocks = memory.panels(Packing.paddedRows(rows) / Packing.ROWS, TERMS);
    values = blocks.array();
    valuesFrom = blocks.from();
  }

  /**
   * Takes the rows of some panels.
   *
   * @param count at most {@link #CHUNK} panels, from the {@code first} of the list
   */
  public void set(Panels panels, int first, int count, PanelView s) {
    terms = panels.lanes(first, count);
    ops.transpose(firstRow, rows, panels, first, count, s, values, valuesFrom);
  }

  /** The same values as the factor of a product that reads panels (n, 8), one for 8 rows. */
  PanelView panels() {
    if (views[terms] == null) {
      views[terms] = new PanelView(values, valuesFrom, terms * Packing.ROWS);
    }
    return views[terms];
  }

  /**
   * Adds the first rows, each term to a column of a packed C.
   *
   * @param columnOf for each term
   * @param c packed (m, k)
   */
  public void addTo(int m, int[] columnOf, int k, double[] c) {
    ops.addColumns(0, m, terms, values, valuesFrom, columnOf, k, c);
  }

  /** The same values as a matrix (m, n): m the rows of this, or some more or fewer. */
  PackedMatrix matrix(int m) {
    return new PackedMatrix(m, terms, values, valuesFrom);
  }

  /** Rows of this. */
  public int rows() {
    return rows;
  }

  /** n: the lanes of the panels. */
  public int terms() {
    return terms;
  }
}
