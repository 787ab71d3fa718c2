package io.hindsight.driver.score.rank;

import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.datasets.sums.Total;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether answers are right as often as their probability says: 15 bins of equal width, each with
 * its upper bound, of the probability of the answered class (C. Guo, G. Pleiss, Y. Sun and K.
 * Weinberger, "On calibration of modern neural networks", ICML 2017).
 */
public final class Calibration implements Mergeable<Calibration> {
  private static final long serialVersionUID = 1L;
  private static final int BINS = 15;

  private final long[] targets = new long[BINS];
  private final long[] right = new long[BINS];
  private final Total[] probability = new Total[BINS];

  /** Of nothing. */
  public Calibration() {
    for (int bin = 0; bin < BINS; bin++) {
      probability[bin] = new Total();
    }
  }

  /**
   * The answers of one bin.
   *
   * @param from probability above which it is
   * @param to probability up to which it is
   * @param targets answered with such a probability; not 0
   * @param confidence mean probability of the answers
   * @param accuracy share of the answers that are right
   */
  public record Bin(double from, double to, long targets, double confidence, double accuracy) {}

  /** Adds an answer with its probability. */
  public void add(double of, boolean isRight) {
    int bin = Math.max(0, Math.min(BINS - 1, (int) Math.ceil(of * BINS) - 1));
    targets[bin]++;
    right[bin] += isRight ? 1 : 0;
    probability[bin].add(of);
  }

  @Override
  public void merge(Calibration other) {
    for (int bin = 0; bin < BINS; bin++) {
      targets[bin] += other.targets[bin];
      right[bin] += other.right[bin];
      probability[bin].merge(other.probability[bin]);
    }
  }

  /** The bins that have answers, from the lowest probability on. */
  public List<Bin> bins() {
    List<Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      if (targets[bin] > 0) {
        bins.add(
            new Bin(
                (double) bin / BINS,
                (bin + 1.0) / BINS,
                targets[bin],
                probability[bin].value() / targets[bin],
                (double) right[bin] / targets[bin]));
      }
    }
    return bins;
  }

  /** Expected calibration error: Σ |right − Σ probability| over the bins, per target. */
  public double error() {
    double sum = 0;
    long count = 0;
    for (int bin = 0; bin < BINS; bin++) {
      sum += Math.abs(right[bin] - probability[bin].value());
      count += targets[bin];
    }
    return sum / count;
  }
}
