package io.hindsight.datasets.fit;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.encoding.ConstantBounds;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Readings;
import io.hindsight.datasets.fit.TableData.Gathering;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.datasets.time.TableTimes;
import io.hindsight.kernels.batch.Window;

/** Between what the columns lie that may be constant in the training part. */
final class TrainingBounds implements Mergeable<TrainingBounds> {
  private static final long serialVersionUID = 1L;

  private final ConstantBounds inputs;
  private final ConstantBounds targets; // null for classes

  /** As far as these statistics tell. */
  TrainingBounds(FitStatistics known) {
    inputs = new ConstantBounds(known.inputs());
    targets = known.targets() == null ? null : new ConstantBounds(known.targets());
  }

  /** Whether they must be gathered. */
  boolean areOpen() {
    return inputs.areOpen() || (targets != null && targets.areOpen());
  }

  ConstantBounds inputs() {
    return inputs;
  }

  ConstantBounds targets() {
    return targets;
  }

  @Override
  public void merge(TrainingBounds other) {
    inputs.merge(other.inputs);
    if (targets != null) {
      targets.merge(other.targets);
    }
  }

  /** Gathers bounds of the same training part. */
  record Of(FitStatistics.Of of, FitStatistics statistics) implements Gathering<TrainingBounds> {
    @Override
    public TrainingBounds none() {
      return new TrainingBounds(statistics);
    }

    @Override
    public void add(TrainingBounds known, RawSequence raw, TableTimes times) {
      Encoding.Table encoding = of.sent().get();
      of.training(raw, times).ifPresent(steps -> add(known, encoding, raw, steps));
    }

    private static void add(
        TrainingBounds known, Encoding.Table encoding, RawSequence raw, Window steps) {
      known.inputs.add(Readings.inputs(encoding, raw, steps));
      if (known.targets != null) {
        known.targets.add(Readings.targets(encoding, raw, steps));
      }
    }
  }
}
