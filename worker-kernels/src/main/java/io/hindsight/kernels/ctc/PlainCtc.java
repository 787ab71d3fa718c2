package io.hindsight.kernels.ctc;

import java.util.Arrays;

/**
 * The loss of connectionist temporal classification in plain loops, as Graves et al. write it
 * (<i>Connectionist Temporal Classification</i>, ICML 2006, sections 4.1 and 4.2), in logarithms.
 *
 * <p>The string of U labels, with a blank before, between and after them, is a path's S = 2U + 1
 * states. α_t(s) is what paths that begin contribute up to state s at step t, β_t(s) what paths
 * that end contribute from there on; both count y_t(s).
 */
public final class PlainCtc {
  private final double[][] y; // [T](O), logarithms
  private final int[] states; // (S): the output of each

  /**
   * For the logits of a sequence.
   *
   * @param logits [T](O), the last output the blank
   * @param labels (U)
   */
  public PlainCtc(double[][] logits, int[] labels) {
    y = new double[logits.length][];
    Arrays.setAll(y, t -> logSoftmax(logits[t]));
    states = new int[2 * labels.length + 1];
    Arrays.fill(states, logits[0].length - 1);
    for (int u = 0; u < labels.length; u++) {
      states[2 * u + 1] = labels[u];
    }
  }

  /** −log p(labels). */
  public double loss() {
    return -logOfAll(alpha());
  }

  /**
   * dE/dlogits: what is answered, without the share of the paths that goes through it // [T](O).
   */
  public double[][] gradient() {
    double[][] alpha = alpha();
    double[][] beta = beta();
    double all = logOfAll(alpha);
    double[][] gradient = new double[y.length][];
    for (int t = 0; t < y.length; t++) {
      gradient[t] = Arrays.stream(y[t]).map(Math::exp).toArray();
      for (int s = 0; s < states.length; s++) {
        double twice = y[t][states[s]]; // which both α and β count
        gradient[t][states[s]] -= Math.exp(alpha[t][s] + beta[t][s] - twice - all);
      }
    }
    return gradient;
  }

  private double[][] alpha() {
    double[][] alpha = impossible();
    for (int t = 0; t < y.length; t++) {
      for (int s = 0; s < states.length; s++) {
        double before = t == 0 ? s < 2 ? 0 : impossible(0) : alpha[t - 1][s];
        if (t > 0 && s > 0) {
          before = logSum(before, alpha[t - 1][s - 1]);
        }
        if (t > 0 && isSkipped(s)) {
          before = logSum(before, alpha[t - 1][s - 2]);
        }
        alpha[t][s] = before + y[t][states[s]];
      }
    }
    return alpha;
  }

  private double[][] beta() {
    double[][] beta = impossible();
    int last = y.length - 1;
    for (int t = last; t >= 0; t--) {
      for (int s = states.length - 1; s >= 0; s--) {
        double after = t == last ? s >= states.length - 2 ? 0 : impossible(0) : beta[t + 1][s];
        if (t < last && s + 1 < states.length) {
          after = logSum(after, beta[t + 1][s + 1]);
        }
        if (t < last && s + 2 < states.length && isSkipped(s + 2)) {
          after = logSum(after, beta[t + 1][s + 2]);
        }
        beta[t][s] = after + y[t][states[s]];
      }
    }
    return beta;
  }

  /** Whether a path may leave out the blank before a state: a label other than the one before. */
  private boolean isSkipped(int s) {
    return s > 1 && s % 2 == 1 && states[s] != states[s - 2];
  }

  private double logOfAll(double[][] alpha) {
    double[] last = alpha[alpha.length - 1];
    double ending = last[last.length - 1];
    return last.length == 1 ? ending : logSum(ending, last[last.length - 2]);
  }

  private double[][] impossible() {
    double[][] table = new double[y.length][states.length];
    Arrays.stream(table).forEach(row -> Arrays.setAll(row, PlainCtc::impossible));
    return table;
  }

  private static double impossible(int unused) {
    return Double.NEGATIVE_INFINITY;
  }

  private static double[] logSoftmax(double[] z) {
    double sum = Double.NEGATIVE_INFINITY;
    for (double value : z) {
      sum = logSum(sum, value);
    }
    double all = sum;
    return Arrays.stream(z).map(value -> value - all).toArray();
  }

  private static double logSum(double a, double b) {
    double max = Math.max(a, b);
    return max == Double.NEGATIVE_INFINITY ? max : max + Math.log1p(Math.exp(Math.min(a, b) - max));
  }
}
