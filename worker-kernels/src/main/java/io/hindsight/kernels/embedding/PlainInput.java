package io.hindsight.kernels.embedding;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.Parameters;

/**
 * What a network reads of a window, in plain loops: x_t = [features; E_k[c_k] of the step's
 * categories c_k; numbers of the sequence; E_k[c_k] of its categories]. A token is a category, or
 * where there is no table of tokens the vector that is 1 at the token.
 */
public final class PlainInput {
  private final Parameters parameters;
  private final InputSpec input;
  private Window window;

  /** With these weights: the live array is read. */
  public PlainInput(Parameters parameters) {
    this.parameters = parameters;
    input = parameters.layout().spec().input();
  }

  /** x_t of every step // [T](I). */
  public double[][] forward(Window read) {
    window = read;
    double[][] x = new double[window.steps()][input.size()];
    Sequence sequence = window.sequence();
    for (int t = 0; t < x.length; t++) {
      int step = window.start() + t;
      if (!input.isTokens()) {
        int features = input.features();
        System.arraycopy(sequence.features(), step * features, x[t], 0, features);
      } else if (!input.isEmbedded() && sequence.tokens()[step] != Sequence.NO_TOKEN) {
        x[t][sequence.tokens()[step]] = 1;
      }
      double[] statics = sequence.statics().features();
      System.arraycopy(statics, 0, x[t], input.firstStatic(), input.statics());
      embed(t, x[t]);
    }
    return x;
  }

  private void embed(int t, double[] x) {
    for (int k = 0; k < input.tables().size(); k++) {
      Block table = parameters.layout().tables().get(k);
      for (int j = 0; j < table.columns() && row(k, t) != Sequence.NO_TOKEN; j++) {
        x[input.firstOf(k) + j] = parameters.values()[element(table, row(k, t), j)];
      }
    }
  }

  /** Of the last {@link #forward}: dE_k[c_k] += the part of dx_t that it made // [T](I), (P). */
  public void backward(double[][] dx, double[] gradient) {
    for (int t = 0; t < dx.length; t++) {
      for (int k = 0; k < input.tables().size(); k++) {
        Block table = parameters.layout().tables().get(k);
        for (int j = 0; j < table.columns() && row(k, t) != Sequence.NO_TOKEN; j++) {
          gradient[element(table, row(k, t), j)] += dx[t][input.firstOf(k) + j];
        }
      }
    }
  }

  /** The row of a table that step t reads; {@link Sequence#NO_TOKEN} for none. */
  private int row(int k, int t) {
    Sequence sequence = window.sequence();
    int step = window.start() + t;
    if (input.isTokens()) {
      return sequence.tokens()[step];
    }
    int ofSteps = input.stepCategories();
    return k < ofSteps
        ? sequence.categories()[step * ofSteps + k]
        : sequence.statics().categories()[k - ofSteps];
  }

  private static int element(Block table, int row, int column) {
    return table.offset() + row * table.columns() + column;
  }
}
