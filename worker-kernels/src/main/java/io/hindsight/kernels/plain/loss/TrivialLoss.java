package io.hindsight.kernels.plain.loss;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.OutputSpec;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The loss of the best constant answer to some targets: their mean, their quantiles, a distribution
 * of their mean and variance, or the frequency of each class. Student's distribution has its limit,
 * the normal one; a negative binomial is found from its moments.
 */
public final class TrivialLoss {
  private final OutputSpec output;
  private final TrivialElement[] elements; // (E), none of classes
  private final Map<Integer, Double> classes = new TreeMap<>(); // their weights
  private double weight; // of all classes
  private long targets;

  /** Of no targets yet. */
  public TrivialLoss(OutputSpec output) {
    this.output = output;
    elements = new TrivialElement[output.loss().targetsAreClasses() ? 0 : output.size()];
    Arrays.setAll(elements, e -> new TrivialElement(output, e));
  }

  /** Takes in the target of a step of a sequence. */
  public void add(Sequence sequence, int step) {
    targets++;
    double ofStep = sequence.weight(step);
    if (output.loss().targetsAreClasses()) {
      weight += ofStep;
      classes.merge(sequence.classes()[step], ofStep, Double::sum);
      return;
    }
    for (int e = 0; e < elements.length; e++) {
      elements[e].add(sequence.targets()[step * elements.length + e], ofStep);
    }
  }

  /** How many were taken in. */
  public long targets() {
    return targets;
  }

  /** Mean over the targets by weight; NaN if there are none. */
  public double mean() {
    if (output.loss().targetsAreClasses()) {
      return ofClasses();
    }
    double sum = 0;
    double all = 0;
    for (TrivialElement element : elements) {
      all += element.weight();
      sum += element.weight() > 0 ? element.loss() : 0;
    }
    return sum / all;
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

  /** −p log p. */
  static double surprise(double p) {
    return p > 0 ? -p * Math.log(p) : 0;
  }
}
