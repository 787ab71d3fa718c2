package io.hindsight.kernels.layer;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.cell.CellKernel;
import io.hindsight.kernels.cell.CellWorkspace;
import io.hindsight.kernels.cell.DeltaLimit;
import io.hindsight.kernels.math.GateOps;
import io.hindsight.kernels.math.Packing;
import io.hindsight.kernels.noise.NoisyState;
import io.hindsight.kernels.panel.Lanes;
import io.hindsight.kernels.panel.PanelView;
import io.hindsight.kernels.panel.Panels;
import io.hindsight.kernels.team.Team;

/**
 * The gates of a time step, of every block that is there: each thread of a team computes some of
 * the units. Where a unit's gradient needs those of others, one thread computes them all.
 */
final class StepGates {
  private static final int LANES = Lanes.LANES;

  private final CellKernel kernel;
  private final GateOps ops;
  private final LayerGradients gradients;
  private final Activations output; // h
  private final Team team;
  private final DeltaLimit deltaLimit = new DeltaLimit();
  private final Team.Work forward = this::forward;
  private final Team.Work backward = this::backward;
  private CellWorkspace s; // of the present step, as the next two
  private WindowPanels window;
  private int t;
  private Backpropagation how; // of the present backward pass, as the next two
  private NoisyState noise; // null for none
  private int fromAbove; // panels that have a gradient from above, those of later steps left out
  private int fromAboveBefore; // the same for the step before

  StepGates(
      CellKernel kernel, GateOps ops, LayerGradients gradients, Activations output, Team team) {
    this.kernel = kernel;
    this.ops = ops;
    this.gradients = gradients;
    this.output = output;
    this.team = team;
  }

  /** z_t → gates, h_t. */
  void forward(CellWorkspace workspace, WindowPanels ofWindow, int step) {
    s = workspace;
    window = ofWindow;
    t = step;
    run(forward, !kernel.normalizesCell());
  }

  private void run(Team.Work work, boolean unitByUnit) {
    if (unitByUnit) {
      team.run(work);
    } else {
      work.run(0, 1);
    }
  }

  private void forward(int part, int parts) {
    int from = cut(part, parts);
    int n = cut(part + 1, parts) - from;
    for (int i = window.first(t); i < window.first(t + 1); i++) {
      kernel.forward(s, t, window.block(window.all().get(i)), from, n);
    }
  }

  /** The first element of a part of the state. */
  private int cut(int part, int parts) {
    return Packing.cut(output.rows(), part, parts) * LANES;
  }

  /**
   * Begins a backward pass, from the last step.
   *
   * @param noiseOfState null for none
   */
  void start(Backpropagation backpropagation, NoisyState noiseOfState) {
    how = backpropagation;
    noise = noiseOfState;
    fromAboveBefore = output.gradientPanels().count();
  }

  /** dh_t += dE/dh_t from above, limited; gates → dz_t; db += dz_t. */
  void backward(CellWorkspace workspace, WindowPanels ofWindow, int step) {
    s = workspace;
    window = ofWindow;
    t = step;
    fromAbove = fromAboveBefore;
    run(backward, !kernel.normalizesCell() && noise == null && !how.limitsDelta());
  }

  private void backward(int part, int parts) {
    int from = cut(part, parts);
    int n = cut(part + 1, parts) - from;
    Panels above = output.gradientPanels();
    PanelView dOut = output.gradients();
    int left = fromAbove;
    for (int i = window.first(t + 1) - 1; i >= window.first(t); i--) {
      int panel = window.all().get(i);
      int block = window.block(panel);
      int dh = s.dhAt(block) + from;
      if (left > 0 && above.get(left - 1) == panel) {
        ops.add(n, dOut.array(), dOut.at(panel) + from, s.dh(), dh);
        left--;
      }
      if (how.limitsDelta()) {
        deltaLimit.apply(how.deltaNorm(), s.dh(), dh, n);
      }
      cellBackward(panel, block, from, n);
      gradients.addToBias(s.gates(), panel, block, from, n);
    }
    if (part == 0) {
      fromAboveBefore = left;
    }
  }

  private void cellBackward(int panel, int block, int from, int n) {
    if (noise == null) {
      kernel.backward(s, t, block, from, n);
      return;
    }
    noise.beforeCellBackward(s, panel, block);
    kernel.backward(s, t, block, from, n);
    noise.afterCellBackward(s, block);
  }
}
