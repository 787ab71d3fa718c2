package io.hindsight.driver.score.interval;

import io.hindsight.datasets.Decimal;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.datasets.sums.Total;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * How well the quantiles of answers tell where targets lie, in sums that are exact, so that the
 * figures have the same bits however the targets are divided. All are of the units that numbers are
 * given in.
 */
public final class IntervalScores implements Mergeable<IntervalScores> {
  private static final long serialVersionUID = 1L;

  private final double[] levels; // (L)
  private final Total[] losses; // (L)
  private final ArrayList<Interval> intervals = new ArrayList<>(); // from the widest
  private final Total sizes = new Total(); // of targets
  private long targets;

  /** The targets between two quantiles whose levels are as far from 0 as from 1. */
  private static final class Interval implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int low; // among the levels
    private final int high;
    private final String percent; // of the targets that should lie between them
    private final Total width = new Total();
    private long covered;

    Interval(int low, int high, String percent) {
      this.low = low;
      this.high = high;
      this.percent = percent;
    }
  }

  /**
   * Zero.
   *
   * @param levels of the quantiles, ascending in (0, 1); may be none
   */
  public IntervalScores(List<Double> levels) {
    this.levels = levels.stream().mapToDouble(Double::doubleValue).toArray();
    losses = new Total[this.levels.length];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = new Total();
    }
    for (int low = 0; low < losses.length; low++) {
      for (int high = losses.length - 1; high > low; high--) {
        BigDecimal from = new BigDecimal(Decimal.of(this.levels[low]));
        BigDecimal to = new BigDecimal(Decimal.of(this.levels[high]));
        if (from.add(to).compareTo(BigDecimal.ONE) == 0) {
          intervals.add(new Interval(low, high, QuantileName.percent(to.subtract(from))));
        }
      }
    }
  }

  /**
   * Adds a target.
   *
   * @param actual the target
   * @param quantiles those that were answered // (L)
   */
  public void add(double actual, double[] quantiles) {
    targets++;
    sizes.add(Math.abs(actual));
    for (int i = 0; i < levels.length; i++) {
      double over = actual - quantiles[i];
      losses[i].add(Math.max(levels[i] * over, (levels[i] - 1) * over));
    }
    for (Interval interval : intervals) {
      double low = quantiles[interval.low];
      double high = quantiles[interval.high];
      interval.width.add(high - low);
      interval.covered += low <= actual && actual <= high ? 1 : 0;
    }
  }

  @Override
  public void merge(IntervalScores other) {
    targets += other.targets;
    sizes.merge(other.sizes);
    for (int i = 0; i < losses.length; i++) {
      losses[i].merge(other.losses[i]);
    }
    for (int i = 0; i < intervals.size(); i++) {
      intervals.get(i).width.merge(other.intervals.get(i).width);
      intervals.get(i).covered += other.intervals.get(i).covered;
    }
  }

  /**
   * Adds {@code pinball}, the mean of max(q·(y − z), (q − 1)·(y − z)) over targets and quantiles,
   * and {@code pinball_q10} of a single one; {@code wql}, the mean over quantiles of twice the sum
   * of these losses divided by the sum of |y|, unless all are 0; of each interval {@code
   * coverage_80}, the share of targets in it, of which 80 % should be, and {@code
   * interval_width_80}, its mean width.
   */
  public void putInto(SortedMap<String, Double> metrics) {
    if (levels.length == 0) {
      return;
    }
    Total all = new Total();
    for (int i = 0; i < levels.length; i++) {
      all.merge(losses[i]);
      metrics.put("pinball_" + QuantileName.of(levels[i]), losses[i].value() / targets);
    }
    metrics.put("pinball", all.value() / (targets * levels.length));
    if (sizes.value() > 0) {
      metrics.put("wql", 2 * all.value() / (levels.length * sizes.value()));
    }
    for (Interval interval : intervals) {
      metrics.put("coverage_" + interval.percent, (double) interval.covered / targets);
      metrics.put("interval_width_" + interval.percent, interval.width.value() / targets);
    }
  }
}
