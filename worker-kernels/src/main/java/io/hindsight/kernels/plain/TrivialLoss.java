package io.hindsight.kernels.plain;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.loss.element.PlainElement;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.Loss;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The loss of the best constant answer to some targets: their mean, their quantiles, a distribution
 * of their mean and variance, or the frequency of each class. Student's distribution has its limit,
 * the normal one; a negative binomial is found from its moments.
 */
final class TrivialLoss {
  private static final double LEAST_SCALE = 1e-6;
  private static final double LARGE_FREEDOM = 1e6;

  private final OutputSpec output;
  private final double[] weights; // (E), sums
  private final double[] means; // (E)
  private final double[] squares; // (E), weighed deviations from the mean
  private final SortedMap<Double, Double>[] values; // (E), weights of targets, of raw values only
  private final Map<Integer, Double> classes = new TreeMap<>(); // their weights
  private double weight; // of all classes
  private long targets;

  @SuppressWarnings("unchecked") // an array of maps
  TrivialLoss(OutputSpec output) {
    this.output = output;
    weights = new double[output.size()];
    means = new double[output.size()];
    squares = new double[output.size()];
    values = new SortedMap[output.size()];
    for (int e = 0; e < values.length; e++) {
      values[e] = new TreeMap<>();
    }
  }

  /** Takes in the target of a step of a sequence; numbers as Welford does. */
  void add(Sequence sequence, int step) {
    targets++;
    double ofStep = sequence.weight(step);
    if (output.loss().targetsAreClasses()) {
      weight += ofStep;
      classes.merge(sequence.classes()[step], ofStep, Double::sum);
      return;
    }
    for (int e = 0; e < means.length; e++) {
      double target = sequence.targets()[step * means.length + e];
      double own = weightOf(e) * ofStep;
      if (!Double.isNaN(target) && own > 0) {
        add(e, target, own);
      }
    }
  }

  private double weightOf(int e) {
    return output.options().elementWeights().isEmpty()
        ? 1
        : output.options().elementWeights().get(e);
  }

  private void add(int e, double target, double own) {
    weights[e] += own;
    double off = target - means[e];
    means[e] += off * own / weights[e];
    squares[e] += own * off * (target - means[e]);
    if (isOfRawValues()) {
      values[e].merge(target, own, Double::sum);
    }
  }

  private boolean isOfRawValues() {
    return output.parameters() > 1 || output.loss().targetsAreCounts();
  }

  long targets() {
    return targets;
  }

  /** Mean over the targets by weight; NaN if there are none. */
  double mean() {
    if (output.loss().targetsAreClasses()) {
      return ofClasses();
    }
    double sum = 0;
    double all = 0;
    for (int e = 0; e < means.length; e++) {
      all += weights[e];
      if (weights[e] > 0) {
        sum += isOfRawValues() ? ofValues(e) : weights[e] * ofMean(e);
      }
    }
    return sum / all;
  }

  private double ofMean(int e) {
    return output.loss() == Loss.SQUARED_ERROR ? squares[e] / weights[e] : ofLabel(e);
  }

  /** The best p is wm/(wm + 1 − m), of the mean m and the weight w of a label's positives. */
  private double ofLabel(int e) {
    List<Double> positive = output.options().positiveWeights();
    double there = (positive.isEmpty() ? 1 : positive.get(e)) * means[e];
    double all = there + 1 - means[e];
    return all * (surprise(there / all) + surprise((1 - means[e]) / all));
  }

  private double ofClasses() {
    if (targets == 0) {
      return Double.NaN;
    }
    double smoothing = output.options().labelSmoothing();
    double other = smoothing / output.size();
    double gamma = output.options().focalGamma();
    double sum = smoothing > 0 ? (output.size() - classes.size()) * surprise(other) : 0;
    for (double own : classes.values()) {
      double p = (1 - smoothing) * (own / weight) + other;
      sum += Math.pow(1 - p, gamma) * surprise(p);
    }
    return sum;
  }

  /** Sum of the losses of all values of an element. */
  private double ofValues(int e) {
    PlainElement loss = new PlainElement(output);
    double[] answer = answer(e);
    double sum = 0;
    for (Map.Entry<Double, Double> value : values[e].entrySet()) {
      sum += value.getValue() * loss.ofParameters(answer, value.getKey());
    }
    return sum;
  }

  /** The parameters of the constant answer // (P). */
  private double[] answer(int e) {
    double mean = means[e];
    double variance = squares[e] / weights[e];
    double scale = Math.max(Math.sqrt(variance), LEAST_SCALE);
    double count = Math.max(mean, LEAST_SCALE);
    double dispersion = Math.max((variance - count) / (count * count), LEAST_SCALE);
    return switch (output.loss()) {
      case GAUSSIAN -> new double[] {mean, scale};
      case STUDENT_T -> new double[] {mean, scale, LARGE_FREEDOM};
      case NEGATIVE_BINOMIAL -> new double[] {count, dispersion};
      case POISSON -> new double[] {count};
      default -> output.options().quantiles().stream().mapToDouble(q -> quantile(e, q)).toArray();
    };
  }

  /** The smallest value that at least this share of the weight is not above. */
  private double quantile(int e, double share) {
    double below = 0;
    for (Map.Entry<Double, Double> value : values[e].entrySet()) {
      below += value.getValue();
      if (below >= share * weights[e]) {
        return value.getKey();
      }
    }
    return values[e].lastKey();
  }

  /** −p log p. */
  private static double surprise(double p) {
    return p > 0 ? -p * Math.log(p) : 0;
  }
}
