package io.hindsight.kernels.math;

import io.hindsight.kernels.panel.AlignedMemory;
import io.hindsight.kernels.panel.Lanes;
import io.hindsight.kernels.panel.PanelView;
import java.util.Arrays;

/**
 * Vectors that are normalised, and what their derivative needs: panels {@code (rows, 8)}, each lane
 * a vector of its own. A panel holds v until it is normalised, then v̂, and dv where {@link
 * NormOps#normalizeBackward} puts it there.
 */
public final class Normalized {
  private static final int LANES = Lanes.LANES;

  private final int rows;
  private final PanelView panels; // (rows, 8): v, then v̂, and perhaps dv
  private final double[] scales; // (panels, 8): 1/√(var + ε)
  private final double[] means = new double[2 * LANES]; // of the panel at work
  private final PanelView gains; // dgain of each block: (rows, 8), lane by lane
  private final int blocks; // NB

  /**
   * Of this many panels.
   *
   * @param memory that they are taken from
   * @param blocks NB, whose gradients of the gain are summed apart
   * @throws ArithmeticException if an array would have more than 2^31 elements
   */
  public Normalized(AlignedMemory memory, int rows, int panels, int blocks) {
    this.rows = rows;
    this.blocks = blocks;
    this.panels = memory.panels(panels, rows);
    scales = new double[Math.multiplyExact(panels, LANES)];
    gains = memory.panels(blocks, rows);
  }

  /** Rows of a panel: elements of each vector. */
  public int rows() {
    return rows;
  }

  /** The live panels // (panels, rows, 8), from {@link #at}. */
  public double[] values() {
    return panels.array();
  }

  /** Where a panel starts in {@link #values}. */
  public int at(int panel) {
    return panels.at(panel);
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

  /** The live gradients of the gain, lane by lane // (NB, rows, 8), from {@link #gainAt}. */
  public double[] dGain() {
    return gains.array();
  }

  /** Where the gradient of a block starts in {@link #dGain()}. */
  public int gainAt(int block) {
    return gains.at(block);
  }

  /** Forgets the gradients of the gain. */
  public void clear() {
    Arrays.fill(gains.array(), gains.at(0), gains.at(blocks), 0);
  }

  /** The gradient of a row's gain by one block: its lanes summed in the fixed order. */
  public double dGain(int block, int row) {
    return Lanes.sum(gains.array(), gainAt(block) + row * LANES);
  }

  /**
   * The panels as the rows of a taller activation that begin at {@code firstRow}: what lies before
   * them in a panel of the view is not there.
   */
  public PanelView asRows(int firstRow) {
    return panels.fromRow(-firstRow);
  }

  /** Bytes held beside the memory of the panels. */
  public long bytes() {
    return Double.BYTES * ((long) scales.length + means.length);
  }
}
