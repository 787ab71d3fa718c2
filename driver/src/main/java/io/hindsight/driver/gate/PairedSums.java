package io.hindsight.driver.gate;

import io.hindsight.driver.config.GateConfig.Metric;

/** What a metric of two models is a quotient of, block by block. */
final class PairedSums {
  private final Metric metric;
  private final double[] candidate; // (B)
  private final double[] champion; // (B)
  private final double[] counts; // (B)

  PairedSums(Metric metric, double[] candidate, double[] champion, double[] counts) {
    this.metric = metric;
    this.candidate = candidate;
    this.champion = champion;
    this.counts = counts;
  }

  /** B. */
  int size() {
    return counts.length;
  }

  /**
   * By which share the candidate is worse than the champion on some blocks, each as often as it is
   * named; below 0 if it is better. Where the champion has no error at all, a candidate that has
   * one is infinitely worse.
   */
  double worse(int[] blocks) {
    double left = 0;
    double right = 0;
    double count = 0;
    for (int block : blocks) {
      left += candidate[block];
      right += champion[block];
      count += counts[block];
    }
    return worse(metric, value(left / count), value(right / count));
  }

  private double value(double mean) {
    return metric == Metric.RMSE ? Math.sqrt(mean) : mean;
  }

  /** By which share a figure is worse than another. */
  static double worse(Metric metric, double candidate, double champion) {
    if (candidate == champion) {
      return 0;
    }
    double relative = candidate / champion - 1;
    return metric.isError() ? relative : -relative;
  }
}
