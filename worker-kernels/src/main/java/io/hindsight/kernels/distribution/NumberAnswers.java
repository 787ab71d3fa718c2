package io.hindsight.kernels.distribution;

import io.hindsight.kernels.loss.ElementAnswers;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.output.Margins;
import java.util.Arrays;
import java.util.List;

/**
 * What a network that answers numbers says of each element of a target: one number, and quantiles
 * of it. Where it answers quantiles the number is the median, of a distribution it is the mean,
 * else it is the answer itself, which all of its quantiles are, too, if there are any.
 *
 * <p>Where {@link Margins} are known, the quantiles of each interval are moved apart by its margin,
 * but the lower one never above the middle, nor an interval into a narrower one.
 */
public final class NumberAnswers {
  private static final double MEDIAN = 0.5;

  private final OutputSpec output;
  private final List<Double> levels; // (L)
  private final int median; // among the levels; −1 where the number is none of them
  private final List<Double> margins; // (E, pairs); empty where intervals stay as they are
  private final double least; // that a target can be

  /**
   * Of a network.
   *
   * @param output of numbers
   * @throws IllegalArgumentException if it answers quantiles without the median
   */
  public NumberAnswers(OutputSpec output) {
    this.output = output;
    levels = output.options().quantiles();
    median = output.loss() == Loss.PINBALL ? levels.indexOf(MEDIAN) : -1;
    margins = output.options().margins().map(Margins::values).orElse(List.of());
    least = output.loss().targetsAreCounts() ? 0 : Double.NEGATIVE_INFINITY;
    if (output.loss() == Loss.PINBALL && median < 0) {
      throw new IllegalArgumentException("quantiles must have the median 0.5, but are " + levels);
    }
  }

  /** L: the levels of the quantiles, ascending; empty if there are none. */
  public List<Double> levels() {
    return levels;
  }

  /** The same without the level of the number itself. */
  public List<Double> others() {
    return levels.stream().filter(level -> median < 0 || level != MEDIAN).toList();
  }

  /** E: how many elements a target has. */
  public int elements() {
    return output.size();
  }

  /**
   * What is said of an element, in the units of the network.
   *
   * @param raw the network's outputs, which stay as they are
   * @param from the first output of the step // E·P of them
   * @param element in [0, E)
   * @return the number, then the quantiles // (1 + L)
   */
  public double[] of(double[] raw, int from, int element) {
    int width = output.parameters();
    int first = from + element * width;
    double[] said = Arrays.copyOfRange(raw, first, first + width);
    ElementAnswers.answer(output, said, 0, element);
    double[] answers = new double[1 + levels.size()];
    if (output.loss() == Loss.PINBALL) {
      System.arraycopy(said, 0, answers, 1, width);
      answers[0] = said[median];
    } else if (!output.loss().isOfDistribution()) {
      Arrays.fill(answers, said[0]);
    } else {
      Distribution distribution = Distribution.of(output.loss(), said, 0);
      answers[0] = distribution.mean();
      for (int level = 0; level < levels.size(); level++) {
        answers[1 + level] = distribution.quantile(levels.get(level));
      }
    }
    if (!margins.isEmpty()) {
      widen(answers, element, middle(said, answers[0]));
    }
    return answers;
  }

  /** What no lower bound of an interval is above, nor an upper one below. */
  private double middle(double[] said, double number) {
    return output.loss().isOfDistribution()
        ? Distribution.of(output.loss(), said, 0).quantile(MEDIAN)
        : number;
  }

  /**
   * Moves the bounds of intervals, from the narrowest.
   *
   * @param answers the number, then the quantiles // (1 + L)
   */
  private void widen(double[] answers, int element, double middle) {
    int pairs = levels.size() / 2;
    double low = middle;
    double high = middle;
    for (int pair = pairs - 1; pair >= 0; pair--) {
      double margin = margins.get(element * pairs + pair);
      int lower = 1 + pair;
      int upper = levels.size() - pair;
      low = Math.min(low, Math.max(least, answers[lower] - margin));
      high = Math.max(high, answers[upper] + margin);
      answers[lower] = low;
      answers[upper] = high;
    }
  }

  /**
   * The same without the quantile that is the number itself.
   *
   * @return the number, then the quantiles of {@link #others} // (1 + L), or (L)
   */
  public double[] answered(double[] raw, int from, int element) {
    double[] all = of(raw, from, element);
    if (median < 0) {
      return all;
    }
    double[] answered = Arrays.copyOf(all, all.length - 1);
    System.arraycopy(all, median + 2, answered, median + 1, all.length - median - 2);
    return answered;
  }
}
