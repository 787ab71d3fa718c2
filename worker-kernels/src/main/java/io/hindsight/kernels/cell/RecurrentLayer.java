package io.hindsight.kernels.cell;

import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.math.Lanes;
import io.hindsight.kernels.math.PackedMatrix;
import io.hindsight.kernels.math.Panels;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;
import java.util.Arrays;

/**
 * One recurrent layer over a window: the products around the cell's gates.
 *
 * <p>Forward, {@code z_t = b + W x_t + U h_{t−1}} accumulates in that order; backward
 * differentiates line by line. Every product runs over all blocks that are still there, and those
 * that need no state run over many steps at once. A lane past the end of its window keeps its
 * state; no gradient reaches it from above or from later steps, so its dz is zero without a mask.
 */
public final class RecurrentLayer {
  private static final int LANES = SequenceBatch.LANES;

  private final CellKernel kernel;
  private final VectorOps ops;
  private final TokenRows tokenRows = new TokenRows();
  private final LayerGradients gradients;
  private final double[] zeros; // (max(I, H)); (H) for tokens

  /**
   * The layer whose parameters are {@code blocks}.
   *
   * @param tokens whether token ids select columns of its input weights
   */
  public RecurrentLayer(CellKernel kernel, VectorOps ops, LayerBlocks blocks, boolean tokens) {
    this.kernel = kernel;
    this.ops = ops;
    int hidden = blocks.weightHh().columns();
    zeros = new double[tokens ? hidden : Math.max(hidden, blocks.weightIh().columns())];
    gradients = new LayerGradients(kernel, ops, blocks, tokens);
  }

  /** Computes h_t, and c_t, of every step and block; inputs and initial state are in place. */
  public void forward(PackedLayer w, LayerWorkspace s, SequenceBatch batch, WindowPanels panels) {
    for (int t = 0; t < batch.steps(); t++) {
      int first = panels.first(t);
      int count = panels.count(t);
      if (w.readsTokens()) {
        tokenRows.gather(w, s, batch, panels.all(), first, count);
      }
      for (PackedLayer.Product product : w.products) {
        productForward(w, product, s, panels.all(), first, count);
      }
      for (int i = first; i < first + count; i++) {
        int block = panels.all().get(i) - t * panels.blocks();
        kernel.forward(s, t, block);
        holdEndedLanes(w.hidden, s, batch, t, block);
      }
    }
  }

  /**
   * z = b + W x_t + U h_{t−1} for some rows of z; where a token gave b + W x_t, U h_{t−1} is added.
   */
  private void productForward(
      PackedLayer w,
      PackedLayer.Product product,
      LayerWorkspace s,
      Panels panels,
      int first,
      int count) {
    double[] xh = s.inputAndHidden;
    int from = product.column() * LANES;
    int xhStride = s.inputStride();
    int z = product.row() * LANES;
    if (w.readsTokens() && product.row() < w.inputRows()) {
      ops.matrix()
          .product(
              product.weights(),
              panels,
              first,
              count,
              xh,
              from,
              xhStride,
              s.gates,
              z,
              s.gatesStride());
    } else {
      ops.matrix()
          .affine(
              w.start,
              product.row(),
              product.weights(),
              panels,
              first,
              count,
              xh,
              from,
              xhStride,
              s.gates,
              z,
              s.gatesStride());
    }
  }

  /**
   * Adds the gradients of {@link #forward}, given dE/dh_t from above, and leaves dE/d(initial
   * state) in the workspace.
   *
   * @param above the panels for which the workspace holds dE/dh_t from above, in the order of all;
   *     from those between them none comes
   * @param truncation gradients stop at multiples of this many steps from the window's start
   * @param sums (NB), the sum each block adds to
   * @param below the layer below, whose dE/dh_t receives dE/dx_t; null for the first layer
   */
  public void backward(
      PackedLayer w,
      LayerWorkspace s,
      SequenceBatch batch,
      WindowPanels panels,
      Panels above,
      int truncation,
      GradientSum[] sums,
      LayerWorkspace below) {
    int left = above.count();
    for (int t = batch.steps() - 1; t >= 0; t--) {
      left = gatesBackward(s, panels, t, above, left);
      recurrentBackward(w, s, panels, t);
      if (t > 0 && t % truncation == 0) {
        cutGradients(s, panels, t);
      }
    }
    if (below != null) {
      inputBackward(w, s, panels, below);
    }
    gradients.add(w, s, batch, panels, sums);
  }

  /** Bytes held for summing the gradients of the weights. */
  public long scratchBytes() {
    return gradients.bytes();
  }

  /**
   * dh_t += dE/dh_t from above; gates → dz_t.
   *
   * @param end of the panels from above, those of later steps left out
   * @return the same for the step before
   */
  private int gatesBackward(LayerWorkspace s, WindowPanels panels, int t, Panels above, int end) {
    int left = end;
    for (int i = panels.first(t + 1) - 1; i >= panels.first(t); i--) {
      int panel = panels.all().get(i);
      int block = panel - t * panels.blocks();
      if (left > 0 && above.get(left - 1) == panel) {
        ops.gates().add(s.stateSize(), s.dOut, s.dOutAt(t, block), s.dh, s.stateAt(block));
        left--;
      }
      kernel.backward(s, t, block);
      ops.gates().add(s.gatesStride(), s.gates, s.gatesAt(t, block), s.dStart, s.dStartAt(block));
    }
    return left;
  }

  /** dh_{t−1} = Uᵀ dz_t, and what reaches h_{t−1} directly: of {@link #productForward}. */
  private void recurrentBackward(PackedLayer w, LayerWorkspace s, WindowPanels panels, int t) {
    PackedMatrix weights = w.recurrentTransposed;
    int first = panels.first(t);
    int count = panels.count(t);
    int z = w.firstRecurrentRow() * LANES;
    int stride = s.gatesStride();
    int h = -t * panels.blocks() * s.stateSize();
    int size = s.stateSize();
    if (kernel.passesStateDirectly()) {
      ops.matrix().product(weights, panels.all(), first, count, s.gates, z, stride, s.dh, h, size);
    } else {
      ops.matrix()
          .affine(zeros, 0, weights, panels.all(), first, count, s.gates, z, stride, s.dh, h, size);
    }
  }

  /** dx_t = Wᵀ dz_t, of all steps: of {@link #productForward}. */
  private void inputBackward(
      PackedLayer w, LayerWorkspace s, WindowPanels panels, LayerWorkspace below) {
    ops.matrix()
        .affine(
            zeros,
            0,
            w.inputTransposed,
            panels.all(),
            0,
            panels.all().count(),
            s.gates,
            0,
            s.gatesStride(),
            below.dOut,
            0,
            below.stateSize());
  }

  /** A lane past its window: h_t = h_{t−1}, c_t = c_{t−1}. */
  private static void holdEndedLanes(
      int hidden, LayerWorkspace s, SequenceBatch batch, int t, int block) {
    for (int lane = 0; lane < LANES; lane++) {
      if (t >= batch.length(block * LANES + lane)) {
        double[] xh = s.inputAndHidden;
        Lanes.copyLane(hidden, lane, xh, s.hiddenAt(t, block), xh, s.hiddenAt(t + 1, block));
        if (s.hasCell()) {
          Lanes.copyLane(hidden, lane, s.cell, s.cellAt(t, block), s.cell, s.cellAt(t + 1, block));
        }
      }
    }
  }

  private static void cutGradients(LayerWorkspace s, WindowPanels panels, int t) {
    for (int i = panels.first(t); i < panels.first(t) + panels.count(t); i++) {
      int from = s.stateAt(panels.all().get(i) - t * panels.blocks());
      Arrays.fill(s.dh, from, from + s.stateSize(), 0);
      if (s.hasCell()) {
        Arrays.fill(s.dCell, from, from + s.stateSize(), 0);
      }
    }
  }
}
