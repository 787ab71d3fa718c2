package io.hindsight.kernels.layer;

import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.cell.CellWorkspace;
import io.hindsight.kernels.math.MatrixOps;
import io.hindsight.kernels.math.PackedMatrix;
import io.hindsight.kernels.math.PanelView;
import io.hindsight.kernels.math.Panels;

/**
 * z_t = b + W x_t + U h_{t−1}, accumulated in that order: so dz is the gradient of each product.
 */
final class SummedProducts implements Products {
  private final LayerInput input;
  private final MatrixOps ops;
  private CellWorkspace s;

  SummedProducts(LayerInput input, MatrixOps ops) {
    this.input = input;
    this.ops = ops;
  }

  @Override
  public void reserve(CellWorkspace workspace, int panels, int blocks) {
    s = workspace;
  }

  @Override
  public void start(PackedRecurrent w) {}

  @Override
  public void forward(PackedRecurrent w, WindowPanels window, int t) {
    int first = window.first(t);
    int count = window.count(t);
    if (input instanceof BatchTokens tokens) {
      tokens.gather(w, window, first, count, s.gates());
    }
    for (PackedMatrix product : w.products) {
      forward(w, product, window.all(), first, count);
    }
  }

  /** Some rows of z; where a token gave b + W x_t, U h_{t−1} is added. */
  private void forward(
      PackedRecurrent w, PackedMatrix product, Panels panels, int first, int count) {
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
