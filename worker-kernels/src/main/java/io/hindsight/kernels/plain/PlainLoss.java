package io.hindsight.kernels.plain;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.loss.element.PlainElement;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.Loss;
import java.util.Arrays;
import java.util.List;

/** The loss of one target times its weight, and its derivative by the logits z. */
final class PlainLoss {
  private final OutputSpec output;
  private final Loss loss;
  private final PlainElement element;

  PlainLoss(OutputSpec output) {
    this.output = output;
    loss = output.loss();
    element = new PlainElement(output);
  }

  /** Values, probabilities or raw values y of the logits z // (O), of an order (O + 1). */
  double[] outputs(double[] z) {
    if (loss == Loss.CUMULATIVE_LOGITS) {
      return PlainCumulative.outputs(z);
    }
    double[] y = z.clone();
    double logSum = loss.targetsAreClasses() ? logSumExp(z) : 0;
    for (int o = 0; o < z.length; o++) {
      y[o] =
          switch (loss) {
            case SQUARED_ERROR, PINBALL, GAUSSIAN, STUDENT_T, NEGATIVE_BINOMIAL, POISSON -> z[o];
            case SOFTMAX_CROSS_ENTROPY, CTC -> Math.exp(z[o] - logSum);
            case BINARY_CROSS_ENTROPY -> 1 / (1 + Math.exp(-z[o]));
            case CUMULATIVE_LOGITS -> throw new IllegalStateException("answered as a whole");
          };
    }
    return y;
  }

  /** What an element of a step's target counts, its step's weight included; 0 if it is missing. */
  private double weight(Sequence sequence, int step, int e) {
    if (Double.isNaN(target(sequence, step, e))) {
      return 0;
    }
    List<Double> weights = output.options().elementWeights();
    return sequence.weight(step) * (weights.isEmpty() ? 1 : weights.get(e));
  }

  private double target(Sequence sequence, int step, int e) {
    return sequence.targets()[step * output.size() + e];
  }

  /** What a step's target counts: of numbers the mean over its elements. */
  double weight(Sequence sequence, int step) {
    if (loss.targetsAreClasses()) {
      return sequence.weight(step);
    }
    double sum = 0;
    for (int e = 0; e < output.size(); e++) {
      sum += weight(sequence, step, e);
    }
    return sum / output.size();
  }

  /** The raw values of an element // (P). */
  private double[] raw(double[] z, int e) {
    int p = output.parameters();
    return Arrays.copyOfRange(z, e * p, (e + 1) * p);
  }

  /** The weighted loss of a step: of a class, or the mean over E elements. */
  double forward(double[] z, Sequence sequence, int step) {
    if (loss == Loss.SOFTMAX_CROSS_ENTROPY) {
      return sequence.weight(step) * ofClass(z, sequence.classes()[step]);
    }
    if (loss == Loss.CUMULATIVE_LOGITS) {
      return sequence.weight(step) * PlainCumulative.forward(z, sequence.classes()[step]);
    }
    double sum = 0;
    for (int e = 0; e < output.size(); e++) {
      double weight = weight(sequence, step, e);
      sum += weight == 0 ? 0 : weight * ofElement(e, raw(z, e), target(sequence, step, e));
    }
    return sum / output.size();
  }

  /** What the part of a label's loss counts that it has. */
  private double positive(int e) {
    List<Double> weights = output.options().positiveWeights();
    return weights.isEmpty() ? 1 : weights.get(e);
  }

  /** (z − τ)², (1 − τ + wτ) log(1 + e^z) − wτz, or as its definition says. */
  private double ofElement(int e, double[] z, double target) {
    return switch (loss) {
      case SQUARED_ERROR -> (z[0] - target) * (z[0] - target);
      case BINARY_CROSS_ENTROPY ->
          (1 - target + positive(e) * target)
                  * (Math.max(z[0], 0) + Math.log1p(Math.exp(-Math.abs(z[0]))))
              - positive(e) * target * z[0];
      default -> element.forward(z, e, target);
    };
  }

  /** −(1 − p)^γ Σ q log p with q smoothed by ε; one of γ and ε is 0. */
  private double ofClass(double[] z, int target) {
    double logSum = logSumExp(z);
    double smoothing = output.options().labelSmoothing();
    double sum = (1 - smoothing) * (logSum - z[target]);
    for (int c = 0; smoothing > 0 && c < z.length; c++) {
      sum += smoothing / z.length * (logSum - z[c]);
    }
    return Math.pow(1 - Math.exp(z[target] - logSum), output.options().focalGamma()) * sum;
  }

  /** Of {@link #forward}: dE/dz // (O). */
  double[] backward(double[] z, Sequence sequence, int step) {
    if (loss == Loss.CUMULATIVE_LOGITS) {
      double[] dz = PlainCumulative.backward(z, sequence.classes()[step]);
      Arrays.setAll(dz, o -> sequence.weight(step) * dz[o]);
      return dz;
    }
    double[] y = outputs(z);
    if (loss == Loss.SOFTMAX_CROSS_ENTROPY) {
      return ofClassBackward(y, sequence.classes()[step], sequence.weight(step));
    }
    double[] dz = new double[y.length];
    for (int e = 0; e < output.size(); e++) {
      double weight = weight(sequence, step, e);
      if (weight != 0) {
        double[] d = ofElementBackward(e, raw(y, e), target(sequence, step, e));
        for (int p = 0; p < d.length; p++) {
          dz[e * d.length + p] = weight * d[p] / output.size();
        }
      }
    }
    return dz;
  }

  /** 2(y − τ), (1 − τ + wτ)y − wτ, or as its definition says. */
  private double[] ofElementBackward(int e, double[] y, double target) {
    return switch (loss) {
      case SQUARED_ERROR -> new double[] {2 * (y[0] - target)};
      case BINARY_CROSS_ENTROPY ->
          new double[] {(1 - target + positive(e) * target) * y[0] - positive(e) * target};
      default -> element.backward(y, e, target);
    };
  }

  /** p − q without γ; with it, −γ(1 − p)^(γ − 1) p log p + (1 − p)^γ times p_c − 1{c = τ}. */
  private double[] ofClassBackward(double[] y, int target, double weight) {
    double smoothing = output.options().labelSmoothing();
    double gamma = output.options().focalGamma();
    double p = y[target];
    double slope =
        gamma == 0
            ? 1
            : Math.pow(1 - p, gamma) - gamma * Math.pow(1 - p, gamma - 1) * p * Math.log(p);
    double[] dz = new double[y.length];
    for (int c = 0; c < y.length; c++) {
      double q = smoothing / y.length + (c == target ? 1 - smoothing : 0);
      dz[c] = weight * slope * (y[c] - q);
    }
    return dz;
  }

  /** log Σ e^z, with the largest z taken out. */
  private static double logSumExp(double[] z) {
    double max = Double.NEGATIVE_INFINITY;
    for (double value : z) {
      max = Math.max(max, value);
    }
    double sum = 0;
    for (double value : z) {
      sum += Math.exp(value - max);
    }
    return max + Math.log(sum);
  }
}
