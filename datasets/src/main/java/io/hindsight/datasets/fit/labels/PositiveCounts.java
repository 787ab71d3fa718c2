package io.hindsight.datasets.fit.labels;

import io.hindsight.datasets.columns.TargetWeights.Balance;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.sums.Total;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.io.Serializable;

/**
 * How often each label is there and is not, in the targets of a training part that have a weight
 * above 0. A share of a label counts as that share of a target.
 */
public final class PositiveCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Count[] steps; // (O), or empty unless targets are labels
  private final Count[] last; // (O), of last steps

  /** Of nothing yet. */
  public PositiveCounts(Encoding.Table encoding) {
    boolean any = encoding.targetKind() == TargetKind.MULTILABEL;
    int labels = any ? encoding.targetScaling().orElseThrow().size() : 0;
    steps = counts(labels);
    last = counts(labels);
  }

  private static Count[] counts(int labels) {
    Count[] counts = new Count[labels];
    for (int o = 0; o < labels; o++) {
      counts[o] = new Count();
    }
    return counts;
  }

  /** Adds steps that are trained on. */
  public void add(Window training) {
    for (int t = 0; steps.length > 0 && t < training.steps(); t++) {
      if (training.isScored(t)) {
        add(steps, training.sequence(), t);
        if (t == training.steps() - 1) {
          add(last, training.sequence(), t);
        }
      }
    }
  }

  private static void add(Count[] to, Sequence training, int step) {
    int width = training.targetWidth();
    for (int e = 0; e < width; e++) {
      double value = training.targets()[step * width + e];
      if (!Double.isNaN(value)) {
        to[e % to.length].add(value);
      }
    }
  }

  public void merge(PositiveCounts other) {
    for (int o = 0; o < steps.length; o++) {
      steps[o].merge(other.steps[o]);
      last[o].merge(other.last[o]);
    }
  }

  /** Targets without a label, of number o, for each with it; 1 if all have it, or none. */
  public double ratio(Balance of, int o) {
    Count count = of == Balance.LAST_STEPS ? last[o] : steps[o];
    double there = count.there.value();
    return there == 0 || there == count.all ? 1 : (count.all - there) / there;
  }

  private static final class Count implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Total there = new Total();
    private long all;

    void add(double value) {
      there.add(value);
      all++;
    }

    void merge(Count other) {
      there.merge(other.there);
      all += other.all;
    }
  }
}
