package io.hindsight.kernels.plain.loss;

import io.hindsight.kernels.loss.element.PlainElement;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.Loss;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One element of some targets, and the loss of the best constant answer to it: of its mean, its
 * quantiles, or a distribution of its mean and variance.
 */
final class TrivialElement {
  private static final double LEAST_SCALE = 1e-6;
  private static final double LARGE_FREEDOM = 1e6;

  private final OutputSpec output;
  private final double counts; // what the element does beside others
  private final double positive; // what its label does where it is there
  private final boolean ofRawValues;
  private final SortedMap<Double, Double> values = new TreeMap<>(); // weights, of raw values only
  private double weight; // sum
  private double mean;
  private double squares; // weighed deviations from the mean

  TrivialElement(OutputSpec output, int e) {
    this.output = output;
    counts = orOne(output.options().elementWeights(), e);
    positive = orOne(output.options().positiveWeights(), e);
    ofRawValues = output.parameters() > 1 || output.loss().targetsAreCounts();
  }

  private static double orOne(List<Double> weights, int e) {
    return weights.isEmpty() ? 1 : weights.get(e);
  }

  /**
   * Takes in a target, as Welford does.
   *
   * @param target NaN if it is missing
   * @param ofStep what the step counts
   */
  void add(double target, double ofStep) {
    double own = counts * ofStep;
    if (Double.isNaN(target) || !(own > 0)) {
      return;
    }
    weight += own;
    double off = target - mean;
    mean += off * own / weight;
    squares += own * off * (target - mean);
    if (ofRawValues) {
      values.merge(target, own, Double::sum);
    }
  }

  /** What all targets count together. */
  double weight() {
    return weight;
  }

  /** Sum of the losses of all targets, of which there are some. */
  double loss() {
    if (ofRawValues) {
      return ofValues();
    }
    return weight * (output.loss() == Loss.SQUARED_ERROR ? squares / weight : ofLabel());
  }

  /** The best p is wm/(wm + 1 − m), of the mean m and the weight w of a label's positives. */
  private double ofLabel() {
    double there = positive * mean;
    double all = there + 1 - mean;
    return all * (TrivialLoss.surprise(there / all) + TrivialLoss.surprise((1 - mean) / all));
  }

  private double ofValues() {
    PlainElement loss = new PlainElement(output);
    double[] answer = answer();
    double sum = 0;
    for (Map.Entry<Double, Double> value : values.entrySet()) {
      sum += value.getValue() * loss.ofParameters(answer, value.getKey());
    }
    return sum;
  }

  /** The parameters of the constant answer // (P). */
  private double[] answer() {
    double variance = squares / weight;
    double scale = Math.max(Math.sqrt(variance), LEAST_SCALE);
    double count = Math.max(mean, LEAST_SCALE);
    double dispersion = Math.max((variance - count) / (count * count), LEAST_SCALE);
    return switch (output.loss()) {
      case GAUSSIAN -> new double[] {mean, scale};
      case STUDENT_T -> new double[] {mean, scale, LARGE_FREEDOM};
      case NEGATIVE_BINOMIAL -> new double[] {count, dispersion};
      case POISSON -> new double[] {count};
      default -> output.options().quantiles().stream().mapToDouble(this::quantile).toArray();
    };
  }

  /** The smallest value that at least this share of the weight is not above. */
  private double quantile(double share) {
    double below = 0;
    for (Map.Entry<Double, Double> value : values.entrySet()) {
      below += value.getValue();
      if (below >= share * weight) {
        return value.getKey();
      }
    }
    return values.lastKey();
  }
}
