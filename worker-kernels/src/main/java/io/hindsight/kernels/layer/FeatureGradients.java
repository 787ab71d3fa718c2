package io.hindsight.kernels.layer;

import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.cell.CellKernel;
import io.hindsight.kernels.cell.CellWorkspace;
import io.hindsight.kernels.math.MatrixOps;
import io.hindsight.kernels.math.OuterProduct;
import io.hindsight.kernels.math.TransposedPanels;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.panel.AlignedMemory;
import io.hindsight.kernels.panel.Panels;

/** {@link InputGradients} of inputs that are vectors. */
final class FeatureGradients implements InputGradients {
  private final TransposedPanels x;
  private final OuterProduct inputOnly; // of the rows that only the input product feeds
  private final OuterProduct shared; // of the others
  private final int inputOnlyAt; // in the gradient
  private final int sharedAt;

  FeatureGradients(CellKernel kernel, MatrixOps ops, AlignedMemory memory, Block weights) {
    int gates = kernel.inputGates();
    int hidden = weights.rows() / gates;
    int inputs = weights.columns();
    int own = kernel.firstRecurrentGate();
    x = new TransposedPanels(ops, memory, inputs);
    inputOnly = new OuterProduct(ops, memory, own * hidden, inputs);
    shared = new OuterProduct(ops, memory, (gates - own) * hidden, inputs);
    inputOnlyAt = weights.offset() + kernel.inputGate(0) * hidden * inputs;
    sharedAt = weights.offset() + kernel.inputGate(own) * hidden * inputs;
  }

  @Override
  public void start(GradientSum sum) {
    sum.start(inputOnly, inputOnlyAt);
    sum.start(shared, sharedAt);
  }

  @Override
  public void select(CellWorkspace s, WindowPanels window, Panels panels, int first, int count) {
    x.set(panels, first, count, s.inputs());
  }

  @Override
  public void add(TransposedPanels dzInputOnly, TransposedPanels dzShared) {
    inputOnly.add(dzInputOnly, x);
    shared.add(dzShared, x);
  }

  @Override
  public void store(double[] gradient) {
    inputOnly.store(gradient, inputOnlyAt);
    shared.store(gradient, sharedAt);
  }

  @Override
  public long bytes() {
    return 0;
  }
}
