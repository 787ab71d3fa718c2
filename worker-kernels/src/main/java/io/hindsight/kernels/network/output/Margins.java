package io.hindsight.kernels.network.output;

import java.util.List;

/**
 * How far the two bounds of each interval are moved apart, so that as many targets lie between them
 * as should (Romano, Patterson and Candès: <i>Conformalized Quantile Regression</i>, NeurIPS 2019).
 * An interval is a pair of quantiles whose levels are as far from 0 as from 1.
 *
 * @param values in the network's units, below 0 where bounds are moved together; of each element
 *     those of its intervals, from the widest; empty as long as they are not known // (E, pairs),
 *     or of several steps ahead that are answered one after the other // (H·E, pairs)
 */
public record Margins(List<Double> values) {
  private static final double ROUNDING = 1e-9; // of the sum of two levels

  /** To be found out when training has ended. */
  public static final Margins UNKNOWN = new Margins(List.of());

  public Margins {
    values = List.copyOf(values);
    if (!values.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("margins must be finite numbers, but are " + values);
    }
  }

  /** Whether they are found out. */
  public boolean areKnown() {
    return !values.isEmpty();
  }

  /** Refuses quantiles that make no intervals. */
  static void requirePairs(List<Double> quantiles) {
    int last = quantiles.size() - 1;
    for (int i = 0; i <= last; i++) {
      if (Math.abs(quantiles.get(i) + quantiles.get(last - i) - 1) > ROUNDING) {
        throw new IllegalArgumentException(
            "margins need quantiles in pairs as far from 0 as from 1, but they are " + quantiles);
      }
    }
    if (quantiles.size() < 2) {
      throw new IllegalArgumentException("margins need an interval, but have " + quantiles);
    }
  }
}
