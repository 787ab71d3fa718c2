package io.hindsight.kernels.plain;

import io.hindsight.kernels.batch.Backpropagation;
import java.util.Arrays;

/**
 * Two recurrent layers, of which the second reads x from its end: y_t = [f_t; b_t] with b_t made
 * after reading x_{T−1} to x_t. Where the output reads the last step only, y_{T−1} ends with the b
 * that was made last, after x_0; what stands before it is not read.
 */
final class PlainBidirectional implements PlainLayer {
  private final PlainRecurrent forward;
  private final PlainRecurrent backward;
  private final boolean readAtItsEnd;

  PlainBidirectional(PlainRecurrent forward, PlainRecurrent backward, boolean readAtItsEnd) {
    this.forward = forward;
    this.backward = backward;
    this.readAtItsEnd = readAtItsEnd;
  }

  @Override
  public double[][] forward(double[][] x, PlainNoise noise) {
    double[][] f = forward.forward(x, noise);
    double[][] b = inOrderRead(backward.forward(reversed(x), noise));
    double[][] y = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      y[t] = Arrays.copyOf(f[t], f[t].length + b[t].length);
      System.arraycopy(b[t], 0, y[t], f[t].length, b[t].length);
    }
    return y;
  }

  @Override
  public double[][] backward(double[][] dy, Backpropagation how, double[] gradient) {
    double[][] df = new double[dy.length][];
    double[][] db = new double[dy.length][];
    for (int t = 0; t < dy.length; t++) {
      int half = dy[t].length / 2;
      df[t] = Arrays.copyOf(dy[t], half);
      db[t] = Arrays.copyOfRange(dy[t], half, dy[t].length);
    }
    double[][] dx = forward.backward(df, how, gradient);
    double[][] dxOfBackward = reversed(backward.backward(inOrderRead(db), how, gradient));
    for (int t = 0; t < dx.length; t++) {
      for (int i = 0; i < dx[t].length; i++) {
        dx[t][i] += dxOfBackward[t][i];
      }
    }
    return dx;
  }

  private double[][] inOrderRead(double[][] b) {
    return readAtItsEnd ? b : reversed(b);
  }

  private static double[][] reversed(double[][] x) {
    double[][] reversed = new double[x.length][];
    Arrays.setAll(reversed, t -> x[x.length - 1 - t]);
    return reversed;
  }
}
