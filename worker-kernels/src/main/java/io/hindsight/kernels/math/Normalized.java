package io.hindsight.kernels.math;

import io.hindsight.kernels.panel.Lanes;
import io.hindsight.kernels.panel.PanelView;
import java.util.Arrays;

/**
 * Vectors that are normalised, and what their derivative needs: panels {@code (rows, 8)}, each lane
 * a vector of its own. A panel holds v until {@link NormOps#normalize}, then v̂, and dv after
 * {@link NormOps#normalizeBackward}.
 */
public final class Normalized {
  private static final int LANES = Lanes.LANES;

  private final int rows;
  private final double[] values; // (panels, rows, 8): v, then v̂, then dv
  private final double[] scales; // (panels, 8): 1/√(var + ε)
  private final double[] means = new double[2 * LANES]; // of the panel at work
  private final double[] dGain; // (NB, rows, 8): lane by lane

  /**
   * Of this many panels.
   *
   * @param blocks NB, whose gradients of the gain are summed apart
   * @throws ArithmeticException if an array would have more than 2^31 elements
   */
  public Normalized(int rows, int panels, int blocks) {
    this.rows = rows;
    int size = Math.multiplyExact(rows, LANES);
    values = new double[Math.multiplyExact(panels, size)];
    scales = new double[Math.multiplyExact(panels, LANES)];
    dGain = new double[Math.multiplyExact(blocks, size)];
  }

  /** Rows of a panel: elements of each vector. */
  public int rows() {
    return rows;
  }

  /** The live panels // (panels, rows, 8). */
  public double[] values() {
    return values;
  }

  /** Where a panel starts in {@link #values}, or a block in {@link #dGain}. */
  public int at(int panel) {
    return panel * rows * LANES;
  }

  /** 1/√(var + ε) of each lane, live // (panels, 8). */
  public double[] scales() {
    return scales;
  }

  /** Where a panel starts in {@link #scales}. */
  public int scaleAt(int panel) {
    return panel * LANES;
  }

  /** Room for two means of each lane of the panel at work: nothing that lasts. */
  public double[] means() {
    return means;
  }

  /** The live gradients of the gain, lane by lane // (NB, rows, 8). */
  public double[] dGain() {
    return dGain;
  }

  /** Forgets the gradients of the gain. */
  public void clear() {
    Arrays.fill(dGain, 0);
  }

  /** The gradient of a row's gain by one block: its lanes summed in the fixed order. */
  public double dGain(int block, int row) {
    return Lanes.sum(dGain, at(block) + row * LANES);
  }

  /**
   * The panels as the rows of a taller activation that begin at {@code firstRow}: what lies before
   * them in a panel of the view is not there.
   */
  public PanelView asRows(int firstRow) {
    return new PanelView(values, -firstRow * LANES, rows * LANES);
  }

  /** Bytes held. */
  public long bytes() {
    return Double.BYTES * ((long) values.length + scales.length + means.length + dGain.length);
  }
}
