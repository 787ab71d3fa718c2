package io.hindsight.kernels.serving;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.cell.CellKernel;
import io.hindsight.kernels.cell.LaneNorm;
import io.hindsight.kernels.math.MatrixOps;
import io.hindsight.kernels.math.PackedMatrix;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;
import io.hindsight.kernels.network.StateNoise;
import io.hindsight.kernels.noise.Zoneout;
import io.hindsight.kernels.panel.PanelView;
import java.util.Arrays;

/**
 * One step of a recurrent layer for a single sequence: z = b + W x + U h, then the gates, with the
 * bits that training computes. It holds weights only, so threads share it.
 */
final class LaneLayer {
  private final CellKernel kernel;
  private final MatrixOps ops;
  private final LayerWeights w;
  private final boolean residual;
  private final StateNoise noise; // of which evaluation has the means
  private final int firstStateRow; // of z

  /**
   * A layer of one direction.
   *
   * @param tokens whether it reads tokens themselves
   * @param values the network's parameters // (P)
   */
  LaneLayer(LayerBlocks blocks, boolean tokens, double[] values, VectorOps ops) {
    kernel = CellKernel.ofOneLane(blocks.spec(), ops);
    this.ops = ops.matrix();
    w = new LayerWeights(new LayerPacking(kernel, blocks, tokens, values));
    residual = blocks.spec().residual();
    noise = blocks.spec().noise();
    firstStateRow = kernel.firstRecurrentGate() * w.units;
  }

  /** Room for one step at a time. */
  LayerScratch scratch() {
    return new LayerScratch(kernel, w);
  }

  /** H. */
  int hidden() {
    return w.hidden;
  }

  /** P: H rounded up, the numbers of a state's arrays. */
  int units() {
    return w.units;
  }

  boolean hasCellState() {
    return kernel.hasCellState();
  }

  /**
   * Takes one step.
   *
   * @param s whose {@code read} holds x
   * @param token what is read instead of x, or {@link Sequence#NO_TOKEN}
   * @param h state before the step, and after it // (P)
   * @param c the same // (P), or (0)
   */
  void step(LayerScratch s, int token, double[] h, double[] c) {
    System.arraycopy(h, 0, s.read, w.inputs, w.hidden);
    s.cell.setInitialState(0, h, c);
    if (w.norms == null) {
      sum(s, token);
    } else {
      normalize(s, token);
    }
    kernel.forward(s.cell, 0, 0);
    zoneOut(noise.zoneoutHidden(), s.cell.cellStatesBefore(), s.cell.statesAfter());
    zoneOut(noise.zoneoutCell(), s.cell.cellsBefore(), s.cell.cellsAfter());
    s.cell.copyState(1, 0, h, c);
  }

  private void zoneOut(double rate, PanelView before, PanelView after) {
    if (rate > 0) {
      Zoneout.mean(rate, w.units, before.array(), before.at(0), after.array(), after.at(0));
    }
  }

  private void sum(LayerScratch s, int token) {
    System.arraycopy(w.start, 0, s.z, s.zFrom, w.start.length);
    if (w.inputs == 0) {
      System.arraycopy(w.tokenRows, rowOf(token), s.z, s.zFrom, w.inputRows);
    }
    for (PackedMatrix product : w.products) {
      ops.product(product, s.read, s.z, s.zFrom);
    }
  }

  private int rowOf(int token) {
    return token == Sequence.NO_TOKEN ? w.tokenRows.length - w.inputRows : token * w.inputRows;
  }

  private void normalize(LayerScratch s, int token) {
    System.arraycopy(w.start, 0, s.z, s.zFrom, w.start.length);
    if (w.inputs == 0) {
      System.arraycopy(w.tokenRows, rowOf(token), s.product, 0, w.inputRows);
    } else {
      multiply(w.products[0], s);
    }
    addNormalized(w.norms.input, s, 0);
    multiply(w.products[w.products.length - 1], s);
    addNormalized(w.norms.state, s, firstStateRow);
  }

  private void multiply(PackedMatrix product, LayerScratch s) {
    Arrays.fill(s.product, 0);
    ops.product(product, s.read, s.product, 0);
  }

  private void addNormalized(double[] gain, LayerScratch s, int firstRow) {
    LaneNorm.normalize(gain.length, s.product, gain, w.hidden, s.z, s.zFrom + firstRow, w.units);
  }

  /**
   * Hands on what the layer makes of the step.
   *
   * @param h state after the step // (P)
   * @param x of the layer above, or of the head // (H)
   */
  void handOn(LayerScratch s, double[] h, double[] x) {
    System.arraycopy(h, 0, x, 0, w.hidden);
    for (int unit = 0; residual && unit < w.hidden; unit++) {
      x[unit] += s.read[unit];
    }
  }

  /** Bytes held. */
  long bytes() {
    return w.bytes();
  }
}
