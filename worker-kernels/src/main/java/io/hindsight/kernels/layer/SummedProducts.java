package io.hindsight.kernels.layer;

import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.cell.CellWorkspace;
import io.hindsight.kernels.math.MatrixOps;
import io.hindsight.kernels.math.PackedMatrix;
import io.hindsight.kernels.panel.AlignedMemory;
import io.hindsight.kernels.panel.PanelView;
import io.hindsight.kernels.panel.Panels;
import io.hindsight.kernels.team.Team;

/**
 * z_t = b + W x_t + U h_{t−1}, accumulated in that order: so dz is the gradient of each product.
 */
final class SummedProducts implements Products, Team.Work {
  private final LayerInput input;
  private final MatrixOps ops;
  private final Team team;
  private CellWorkspace s;
  private PackedRecurrent w; // of the present step, as the next two
  private WindowPanels window;
  private int t;

  SummedProducts(LayerInput input, MatrixOps ops, Team team) {
    this.input = input;
    this.ops = ops;
    this.team = team;
  }

  @Override
  public void reserve(AlignedMemory memory, CellWorkspace workspace, int panels, int blocks) {
    s = workspace;
  }

  @Override
  public void start(PackedRecurrent w) {}

  @Override
  public void forward(PackedRecurrent weights, WindowPanels ofWindow, int step) {
    w = weights;
    window = ofWindow;
    t = step;
    if (input instanceof BatchTokens tokens) {
      tokens.gather(w, window, window.first(t), window.count(t), s.gates());
    }
    team.run(this);
  }

  /** A share of the rows of each product. */
  @Override
  public void run(int part, int parts) {
    for (PackedMatrix product : w.products) {
      forward(product.part(part, parts), window.all(), window.first(t), window.count(t));
    }
  }

  /** Some rows of z; where a token gave b + W x_t, U h_{t−1} is added. */
  private void forward(PackedMatrix product, Panels panels, int first, int count) {
    if (w.readsTokens() && product.firstRow() < w.inputRows()) {
      ops.product(product, panels, first, count, s.inputs(), s.gates());
    } else {
      ops.affine(w.start, product, panels, first, count, s.inputs(), s.gates());
    }
  }

  @Override
  public void backward(PackedRecurrent w, WindowPanels window, int t) {}

  @Override
  public PanelView dInput() {
    return s.gates();
  }

  @Override
  public PanelView dState() {
    return s.gates();
  }

  @Override
  public void addGradients(GradientSum[] sums) {}

  @Override
  public long bytes() {
    return 0;
  }
}
