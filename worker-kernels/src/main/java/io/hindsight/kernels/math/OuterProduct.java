package io.hindsight.kernels.math;

import io.hindsight.kernels.panel.AlignedMemory;
import io.hindsight.kernels.panel.Lanes;
import io.hindsight.kernels.panel.PanelView;
import io.hindsight.kernels.panel.Panels;
import java.util.Arrays;

/**
 * The gradient of a weight matrix: W (m, k) += Σ_i D (m, i) · X (k, i), i ascending.
 *
 * <p>It is a product like the others, columns of W taking the place of lanes. The sum is kept in
 * panels of 8 columns, read from the row-major gradient at the start and written back at the end.
 */
public final class OuterProduct {
  private static final int COLUMNS = Lanes.LANES;

  /** Columns from which rows are padded to whole blocks: those left over would be computed cold. */
  private static final int LARGE = 256;

  private final MatrixOps ops;
  private final int rows; // m
  private final int computedRows; // m, or more
  private final int columns; // k
  private final Panels panels; // one for each 8 columns
  private final PackedMatrix[] factors; // D for each number of terms it may have
  private final PanelView sumPanels; // (k/8, m, 8)
  private final double[] sum; // their array
  private final double[] zeros; // (m)
  private boolean isZero; // whether the sum is zero, whatever is in it

  /** For a matrix (m, k). */
  public OuterProduct(MatrixOps ops, AlignedMemory memory, int m, int k) {
    this.ops = ops;
    rows = m;
    columns = k;
    computedRows = k < LARGE ? m : Packing.paddedRows(m);
    panels = new Panels((k + COLUMNS - 1) / COLUMNS);
    for (int panel = 0; panel < panels.capacity(); panel++) {
      panels.add(panel, Math.min(COLUMNS, k - panel * COLUMNS));
    }
    factors = new PackedMatrix[TransposedPanels.TERMS + 1];
    sumPanels = memory.panels(panels.count(), computedRows);
    sum = sumPanels.array();
    zeros = new double[computedRows];
  }

  /** Starts from zero. */
  public void clear() {
    isZero = true;
  }

  /** Starts from the row-major w (m, k) at {@code from}. */
  public void load(double[] w, int from) {
    isZero = false;
    int whole = columns & -COLUMNS;
    for (int row = 0; row < rows; row++) {
      int rowFrom = from + row * columns;
      for (int column = 0; column < whole; column += COLUMNS) {
        copyEight(w, rowFrom + column, sum, at(row, column));
      }
      for (int column = whole; column < columns; column++) {
        sum[at(row, whole) + column - whole] = w[rowFrom + column];
      }
    }
  }

  /**
   * Adds the terms of some panels.
   *
   * @param d its first m rows
   * @param x (k, n)
   */
  public void add(TransposedPanels d, TransposedPanels x) {
    int terms = d.terms();
    if (factors[terms] == null) {
      factors[terms] = d.matrix(computedRows);
    }
    PackedMatrix a = factors[terms];
    if (isZero) {
      ops.affine(zeros, a, panels, 0, panels.count(), x.panels(), sumPanels);
      isZero = false;
    } else {
      ops.product(a, panels, 0, panels.count(), x.panels(), sumPanels);
    }
  }

  /** Writes the sum to the row-major w (m, k) at {@code from}. */
  public void store(double[] w, int from) {
    if (isZero) {
      Arrays.fill(w, from, from + rows * columns, 0);
      return;
    }
    int whole = columns & -COLUMNS;
    for (int row = 0; row < rows; row++) {
      int rowFrom = from + row * columns;
      for (int column = 0; column < whole; column += COLUMNS) {
        copyEight(sum, at(row, column), w, rowFrom + column);
      }
      for (int column = whole; column < columns; column++) {
        w[rowFrom + column] = sum[at(row, whole) + column - whole];
      }
    }
  }

  /** Without a call: an array copy of 64 bytes costs more to start than to do. */
  private static void copyEight(double[] source, int from, double[] target, int to) {
    target[to] = source[from];
    target[to + 1] = source[from + 1];
    target[to + 2] = source[from + 2];
    target[to + 3] = source[from + 3];
    target[to + 4] = source[from + 4];
    target[to + 5] = source[from + 5];
    target[to + 6] = source[from + 6];
    target[to + 7] = source[from + 7];
  }

  private int at(int row, int column) {
    return sumPanels.from() + column * computedRows + row * COLUMNS;
  }
}
