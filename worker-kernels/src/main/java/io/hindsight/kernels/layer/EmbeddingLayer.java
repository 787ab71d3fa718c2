package io.hindsight.kernels.layer;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.embedding.EmbeddedTable;
import io.hindsight.kernels.embedding.TableGradients;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.panel.AlignedMemory;
import io.hindsight.kernels.panel.Lanes;
import io.hindsight.kernels.panel.PanelView;
import io.hindsight.kernels.panel.Panels;
import java.util.ArrayList;
import java.util.List;

/**
 * What is below the first layer of a network whose input is more than features or tokens: it makes
 * x_t = [features; rows of the step's tables; numbers of the sequence; rows of the sequence's
 * tables].
 */
final class EmbeddingLayer implements Layer {
  private static final int LANES = SequenceBatch.LANES;

  private final BatchFeatures features;
  private final List<EmbeddedTable> tables = new ArrayList<>();
  private final TableGradients gradients;
  private final int firstStatic; // row of x_t
  private final double[] zeros; // (S)
  private final double[][] statics = new double[LANES][]; // each lane's
  private final int[] from = new int[LANES]; // zeros: where each begins
  private final Activations output; // x

  EmbeddingLayer(ParameterLayout layout) {
    InputSpec input = layout.spec().input();
    features = new BatchFeatures(input.ownNumbers());
    for (int k = 0; k < input.tables().size(); k++) {
      tables.add(new EmbeddedTable(input, k, layout.tables().get(k), input.firstOf(k)));
    }
    firstStatic = input.firstStatic();
    zeros = new double[input.statics()];
    gradients = new TableGradients(tables, layout.tables(), layout.rows());
    output = new Activations(input.size(), input.isEmbedded());
  }

  @Override
  public Activations output() {
    return output;
  }

  @Override
  public void reserve(int maxSteps, int blocks, AlignedMemory memory) {
    int panels = Math.multiplyExact(maxSteps, blocks);
    PanelView dx = memory.panels(output.wantsGradients() ? panels : 0, output.rows());
    output.set(memory.panels(panels, output.rows()), dx);
  }

  @Override
  public void forward(PackedLayer weights, WindowPanels window, CarriedState initial) {
    PanelView x = output.values();
    if (features.rows() > 0) {
      features.load(window, x);
    }
    double[] parameters = ((PackedLayer.Tables) weights).parameters();
    for (int k = 0; k < tables.size(); k++) {
      tables.get(k).forward(parameters, window, x);
    }
    if (zeros.length > 0) {
      loadStatics(window, x);
    }
  }

  private void loadStatics(WindowPanels window, PanelView x) {
    SequenceBatch batch = window.batch();
    Panels panels = window.all();
    for (int i = 0; i < panels.count(); i++) {
      int panel = panels.get(i);
      for (int lane = 0; lane < LANES; lane++) {
        int global = window.block(panel) * LANES + lane;
        boolean valid = window.step(panel) < batch.length(global);
        statics[lane] = valid ? batch.sequence(global).statics().features() : zeros;
      }
      int to = x.at(panel) + firstStatic * LANES;
      Lanes.gather(zeros.length, statics, from, x.array(), to);
    }
  }

  @Override
  public void backward(
      PackedLayer weights, WindowPanels window, Backpropagation how, GradientSum[] sums) {
    if (output.wantsGradients()) {
      gradients.add(window, output.gradientPanels(), output.gradients(), sums);
    }
  }

  @Override
  public void copyFinalState(WindowPanels window, CarriedState into) {}

  @Override
  public void copyState(int lane, int t, CarriedState into, int toLane) {}

  @Override
  public void copyInitialStateGradient(CarriedState into) {}

  @Override
  public long bytes() {
    return gradients.bytes();
  }
}
