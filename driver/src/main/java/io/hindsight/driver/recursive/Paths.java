package io.hindsight.driver.recursive;

import io.hindsight.datasets.Decimal;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.output.LossOptions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What many paths on from one step say together: each reads its own samples, and the quantiles of
 * what all of them drew are the answer, so that what is not known of a step is in the intervals of
 * all later ones (ancestral sampling; Salinas et al.: <i>DeepAR</i>, International Journal of
 * Forecasting 36, 2020).
 *
 * <p>The quantile of level q among n samples in ascending order is between the two around place (n
 * + 1)·q, counted from 1, so that a further sample lies below it with probability q; of counts it
 * is the upper one of them.
 */
final class Paths {
  /** The seed of the samples: intervals depend on the model and the sequence alone. */
  static final long SEED = 0;

  private static final double MEDIAN = 0.5;

  private final double[][] chosen; // [n](H·O), of those that have ended
  private final double[] places; // (L): of each quantile among samples in ascending order
  private final boolean counts;
  private int ended;

  /**
   * Of paths that have not begun.
   *
   * @param trained the output of the network, of one step
   * @param count n
   */
  Paths(OutputSpec trained, int count) {
    chosen = new double[count][];
    places = levels(trained.options()).mapToDouble(level -> place(level, count)).toArray();
    counts = trained.loss().targetsAreCounts();
  }

  /** (n + 1)·q from 0 on, without the rounding of a product. */
  private static double place(double level, int count) {
    BigDecimal exact = new BigDecimal(Decimal.of(level));
    return exact.multiply(BigDecimal.valueOf(count + 1L)).subtract(BigDecimal.ONE).doubleValue();
  }

  /**
   * Takes what one of them drew.
   *
   * @param drawn in the units of the network, not to be changed // (H·O)
   * @return whether it was the last
   */
  boolean add(double[] drawn) {
    chosen[ended] = drawn;
    ended++;
    return ended == chosen.length;
  }

  /** The quantiles of all steps, in the units of the network // (H·O·L). */
  double[] quantiles() {
    int elements = chosen[0].length;
    double[] quantiles = new double[elements * places.length];
    double[] drawn = new double[chosen.length];
    for (int e = 0; e < elements; e++) {
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = chosen[i][e];
      }
      Arrays.sort(drawn);
      for (int q = 0; q < places.length; q++) {
        quantiles[e * places.length + q] = quantile(drawn, places[q]);
      }
    }
    return quantiles;
  }

  private double quantile(double[] ascending, double place) {
    int last = ascending.length - 1;
    int below = (int) Math.floor(Math.min(last, Math.max(0, place)));
    int above = Math.min(last, below + 1);
    double share = Math.min(1, Math.max(0, place - below));
    if (counts) {
      return ascending[share > 0 ? above : below];
    }
    return ascending[below] + share * (ascending[above] - ascending[below]);
  }

  /** What is answered of one step where the network's output is a distribution: its quantiles. */
  static OutputSpec output(OutputSpec trained) {
    LossOptions options =
        LossOptions.ofQuantiles(levels(trained.options()).toList())
            .withElementWeights(trained.options().elementWeights());
    LossOptions widened = trained.options().margins().map(options::withMargins).orElse(options);
    return new OutputSpec(trained.size(), Loss.PINBALL, trained.at(), widened);
  }

  /** With the median, which is the answer. */
  private static Stream<Double> levels(LossOptions options) {
    List<Double> levels = new ArrayList<>(options.quantiles());
    if (!levels.contains(MEDIAN)) {
      levels.add(MEDIAN);
    }
    return levels.stream().sorted();
  }
}
