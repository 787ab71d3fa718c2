package io.hindsight.kernels.plain.loss;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.loss.element.PlainElement;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.Loss;
import java.util.Arrays;
import java.util.List;

/** The loss of one target times its weight, and its derivative by the logits z. */
public final class PlainLoss {
  private final OutputSpec output;
  private final Loss loss;
  private final PlainElement element;
  private final PlainSoftmax softmax;

  /** For an output. */
  public PlainLoss(OutputSpec output) {
    this.output = output;
    loss = output.loss();
    element = new PlainElement(output);
    softmax = new PlainSoftmax(output.options());
  }

  /** Values, probabilities or raw values y of the logits z // (O), of an order (O + 1). */
  public double[] outputs(double[] z) {
    return switch (loss) {
      case SQUARED_ERROR, PINBALL, GAUSSIAN, STUDENT_T, NEGATIVE_BINOMIAL, POISSON -> z.clone();
      case SOFTMAX_CROSS_ENTROPY, CTC -> PlainSoftmax.outputs(z);
      case BINARY_CROSS_ENTROPY ->
          Arrays.stream(z).map(each -> 1 / (1 + Math.exp(-each))).toArray();
      case CUMULATIVE_LOGITS -> PlainCumulative.outputs(z);
    };
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
  public double weight(Sequence sequence, int step) {
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
  public double forward(double[] z, Sequence sequence, int step) {
    if (loss == Loss.SOFTMAX_CROSS_ENTROPY) {
      return sequence.weight(step) * softmax.forward(z, sequence.classes()[step]);
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

  /** Of {@link #forward}: dE/dz // (O). */
  public double[] backward(double[] z, Sequence sequence, int step) {
    if (loss == Loss.CUMULATIVE_LOGITS) {
      double[] dz = PlainCumulative.backward(z, sequence.classes()[step]);
      Arrays.setAll(dz, o -> sequence.weight(step) * dz[o]);
      return dz;
    }
    if (loss == Loss.SOFTMAX_CROSS_ENTROPY) {
      return softmax.backward(z, sequence.classes()[step], sequence.weight(step));
    }
    double[] y = outputs(z);
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
}
