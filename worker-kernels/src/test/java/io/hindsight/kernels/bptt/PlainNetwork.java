package io.hindsight.kernels.bptt;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.network.RnnCell;
import java.util.function.DoubleUnaryOperator;

/**
 * The equations of the cells, written down once more for one sequence, step by step, with matrices
 * as they are named and the JDK's functions: the truth the kernels' forward pass is held to.
 */
final class PlainNetwork {
  private final Parameters parameters;
  private final NetworkSpec spec;
  private final ParameterLayout layout;
  private final double[][] h; // [layer](H)
  private final double[][] c; // [layer](H)

  PlainNetwork(Parameters parameters) {
    this.parameters = parameters;
    layout = parameters.layout();
    spec = layout.spec();
    h = new double[spec.layers()][];
    c = new double[spec.layers()][];
    for (int layer = 0; layer < spec.layers(); layer++) {
      h[layer] = new double[spec.hidden(layer)];
      c[layer] = new double[spec.hidden(layer)];
    }
  }

  /** Logits of every step // [T](O). */
  double[][] logits(Sequence sequence) {
    double[][] logits = new double[sequence.length()][];
    for (int t = 0; t < sequence.length(); t++) {
      double[] x = input(sequence, t);
      for (int layer = 0; layer < spec.layers(); layer++) {
        step(layer, x);
        x = h[layer];
      }
      logits[t] = affine(layout.outWeight(), layout.outBias(), x);
    }
    return logits;
  }

  private double[] input(Sequence sequence, int t) {
    double[] x = new double[spec.input().size()];
    if (sequence.isTokens()) {
      x[sequence.tokens()[t]] = 1;
    } else {
      System.arraycopy(sequence.features(), t * x.length, x, 0, x.length);
    }
    return x;
  }

  private void step(int layer, double[] x) {
    ParameterLayout.LayerBlocks blocks = layout.layer(layer);
    double[] fromInput = affine(blocks.weightIh(), blocks.biasIh(), x);
    double[] fromHidden = affine(blocks.weightHh(), blocks.biasHh(), h[layer]);
    double[] next = new double[h[layer].length];
    for (int unit = 0; unit < next.length; unit++) {
      next[unit] = unit(layer, unit, fromInput, fromHidden);
    }
    h[layer] = next;
  }

  private double unit(int layer, int unit, double[] a, double[] b) {
    int n = h[layer].length;
    double[] z = new double[spec.cell().gates()];
    for (int gate = 0; gate < z.length; gate++) {
      z[gate] = a[gate * n + unit] + b[gate * n + unit];
    }
    if (spec.cell() instanceof RnnCell rnn) {
      return function(rnn.activation()).applyAsDouble(z[0]);
    }
    if (spec.cell() instanceof LstmCell) {
      c[layer][unit] = sigmoid(z[1]) * c[layer][unit] + sigmoid(z[0]) * Math.tanh(z[2]);
      return sigmoid(z[3]) * Math.tanh(c[layer][unit]);
    }
    if (!(spec.cell() instanceof GruCell)) {
      throw new AssertionError(spec.cell());
    }
    double candidate = Math.tanh(a[2 * n + unit] + sigmoid(z[0]) * b[2 * n + unit]);
    return (1 - sigmoid(z[1])) * candidate + sigmoid(z[1]) * h[layer][unit];
  }

  private double[] affine(Block weight, Block bias, double[] x) {
    double[] y = new double[weight.rows()];
    for (int row = 0; row < y.length; row++) {
      y[row] = parameters.values()[bias.offset() + row];
      for (int column = 0; column < x.length; column++) {
        y[row] += parameters.values()[weight.offset() + row * x.length + column] * x[column];
      }
    }
    return y;
  }

  private static DoubleUnaryOperator function(Activation activation) {
    return switch (activation) {
      case TANH -> Math::tanh;
      case RELU -> z -> Math.max(0, z);
      case SIGMOID -> PlainNetwork::sigmoid;
      case IDENTITY -> z -> z;
    };
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }
}
