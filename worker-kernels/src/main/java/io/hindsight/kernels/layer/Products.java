package io.hindsight.kernels.layer;

import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.cell.CellKernel;
import io.hindsight.kernels.cell.CellWorkspace;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;
import io.hindsight.kernels.panel.AlignedMemory;
import io.hindsight.kernels.panel.PanelView;
import io.hindsight.kernels.team.Team;
import io.hindsight.kernels.team.TeamMatrixOps;

/**
 * How a recurrent layer's pre-activations z come of its products W x and U h, in the panels of a
 * {@link CellWorkspace}.
 */
sealed interface Products permits SummedProducts, NormalizedProducts {
  /** Those of a layer that reads {@code input}, shared by a team. */
  static Products of(
      LayerBlocks blocks, CellKernel kernel, LayerInput input, VectorOps ops, Team team) {
    return blocks.norms().isPresent()
        ? new NormalizedProducts(blocks, kernel, input, TeamMatrixOps.share(ops, team))
        : new SummedProducts(input, ops.matrix(), team);
  }

  /**
   * Makes room for this many panels in all of this many blocks, whose cells compute in {@code s}.
   */
  void reserve(AlignedMemory memory, CellWorkspace s, int panels, int blocks);

  /** Begins a pass, forward or backward, with these weights. */
  void start(PackedRecurrent w);

  /** x_t, h_{t−1} → z_t, of every block that is there at step t. */
  void forward(PackedRecurrent w, WindowPanels window, int t);

  /** Of {@link #forward}: dz_t → {@link #dInput}, {@link #dState}. */
  void backward(PackedRecurrent w, WindowPanels window, int t);

  /** dE/d(W x), where the rows of z are that W feeds. */
  PanelView dInput();

  /** dE/d(U h), where the rows of z are that U feeds. */
  PanelView dState();

  /** Adds the gradients of weights of its own, of every block to its sum. */
  void addGradients(GradientSum[] sums);

  /** Bytes held. */
  long bytes();
}
