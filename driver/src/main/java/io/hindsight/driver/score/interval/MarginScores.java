package io.hindsight.driver.score.interval;

import io.hindsight.datasets.Decimal;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.distribution.NumberAnswers;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.output.Margins;
import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;
import io.hindsight.kernels.random.IdHash;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far each target lies outside of the intervals that are answered, below 0 if it lies inside:
 * max(low − y, y − high) in the network's units. The margin of an interval that should hold a share
 * of 1 − α is the ⌈(n + 1)(1 − α)⌉-th smallest of n such numbers (Romano, Patterson and Candès
 * 2019); where the answer is one number, both bounds are that, so this is its absolute error (Lei
 * et al.: <i>Distribution-Free Predictive Inference for Regression</i>, JASA 2018).
 *
 * <p>Of more than {@link #MOST} such numbers those of some steps are kept, which a hash of id and
 * step chooses: with k leading zeros, for the smallest k that leaves few enough. So whoever adds
 * which targets in whatever order, the same are kept.
 */
public final class MarginScores implements Mergeable<MarginScores> {
  /** Numbers that are kept, 8 MiB. */
  static final int MOST = 1 << 20;

  private static final long serialVersionUID = 1L;

  private final transient NumberAnswers numbers; // for adding, which is done before sending
  private final double[] levels; // (L)
  private final int elements; // E
  private final int most; // steps
  private int zeros; // that the hash of a step must begin with
  private int steps; // kept
  private long[] hashes = new long[16]; // (steps)
  private double[] scores; // (steps, E, pairs); NaN where the target is missing

  /**
   * Of nothing yet.
   *
   * @param output with intervals
   */
  public MarginScores(OutputSpec output) {
    this(output, MOST);
  }

  /** As the other, of which so many numbers are kept. */
  MarginScores(OutputSpec output, int numbersKept) {
    numbers = new NumberAnswers(output);
    levels = output.options().quantiles().stream().mapToDouble(level -> level).toArray();
    elements = output.size();
    most = Math.max(1, numbersKept / width());
    scores = new double[hashes.length * width()];
  }

  private int pairs() {
    return levels.length / 2;
  }

  private int width() {
    return elements * pairs();
  }

  /**
   * Adds the target of a step.
   *
   * @param outputs as the network gives them // (E·P)
   */
  public void add(Sequence sequence, int step, double[] outputs) {
    long number = sequence.origin() + (long) step;
    long hash = CounterRandom.of(0, Purpose.MARGINS, IdHash.of(sequence.id()), number).nextLong();
    if (!isKept(hash)) {
      return;
    }
    double[] outside = new double[width()];
    for (int element = 0; element < elements; element++) {
      double actual = sequence.targets()[step * elements + element];
      double[] said = numbers.of(outputs, 0, element);
      for (int pair = 0; pair < pairs(); pair++) {
        double low = said[1 + pair];
        double high = said[levels.length - pair];
        outside[element * pairs() + pair] = Math.max(low - actual, actual - high);
      }
    }
    append(hash, outside, 0);
    thin();
  }

  private boolean isKept(long hash) {
    return Long.numberOfLeadingZeros(hash) >= zeros;
  }

  private void append(long hash, double[] from, int at) {
    if (steps == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * steps);
      scores = Arrays.copyOf(scores, 2 * steps * width());
    }
    hashes[steps] = hash;
    System.arraycopy(from, at, scores, steps * width(), width());
    steps++;
  }

  /** Keeps fewer steps as long as there are too many. */
  private void thin() {
    while (steps > most) {
      zeros++;
      keepBegun();
    }
  }

  private void keepBegun() {
    int all = steps;
    steps = 0;
    for (int i = 0; i < all; i++) {
      if (isKept(hashes[i])) {
        append(hashes[i], scores, i * width());
      }
    }
  }

  @Override
  public void merge(MarginScores other) {
    if (other.zeros > zeros) {
      zeros = other.zeros;
      keepBegun();
    }
    for (int i = 0; i < other.steps; i++) {
      if (isKept(other.hashes[i])) {
        append(other.hashes[i], other.scores, i * width());
      }
    }
    thin();
  }

  /** The least number of targets that decide all margins: ⌈1/α⌉ of the widest interval. */
  public static int needed(List<Double> levels) {
    BigDecimal alpha = BigDecimal.ONE.subtract(share(levels.get(levels.size() - 1), levels.get(0)));
    return BigDecimal.ONE.divide(alpha, 0, RoundingMode.CEILING).intValueExact();
  }

  private static BigDecimal share(double high, double low) {
    return new BigDecimal(Decimal.of(high)).subtract(new BigDecimal(Decimal.of(low)));
  }

  /** E: the elements of a target. */
  public int elements() {
    return elements;
  }

  /** How many targets of an element are kept. */
  public int targets(int element) {
    return sorted(element, 0).length;
  }

  /**
   * The margins.
   *
   * @throws IllegalStateException if an element has fewer targets than {@link #needed}
   */
  public Margins margins() {
    List<Double> margins = new ArrayList<>();
    for (int element = 0; element < elements; element++) {
      for (int pair = 0; pair < pairs(); pair++) {
        double[] sorted = sorted(element, pair);
        BigDecimal share = share(levels[levels.length - 1 - pair], levels[pair]);
        BigDecimal rank = share.multiply(BigDecimal.valueOf(sorted.length + 1L));
        int place = rank.setScale(0, RoundingMode.CEILING).intValueExact();
        if (place > sorted.length) {
          throw new IllegalStateException(
              "%d targets cannot tell a margin of %s".formatted(sorted.length, share));
        }
        margins.add(sorted[place - 1] + 0.0); // of two zeros one
      }
    }
    return new Margins(margins);
  }

  private double[] sorted(int element, int pair) {
    double[] known = new double[steps];
    int count = 0;
    for (int i = 0; i < steps; i++) {
      double score = scores[i * width() + element * pairs() + pair];
      if (!Double.isNaN(score)) {
        known[count++] = score;
      }
    }
    double[] sorted = Arrays.copyOf(known, count);
    Arrays.sort(sorted);
    return sorted;
  }
}
