package io.hindsight.datasets.fit;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.encoding.ConstantBounds;
import io.hindsight.datasets.encoding.Readings;
import io.hindsight.datasets.encoding.SideEncoding;
import io.hindsight.datasets.fit.TableData.Gathering;
import io.hindsight.datasets.quantile.QuartileSearch;
import io.hindsight.datasets.side.SideStatistics;
import io.hindsight.datasets.time.TableTimes;

/**
 * Fits what is read beside the inputs to the training part.
 *
 * @param of gathers that part
 * @param rare categories that occur less often are unknown
 */
record SideFit(TableData data, FitStatistics.Of of, int rare) {
  /**
   * The encoding of the same columns, fitted.
   *
   * @throws io.hindsight.datasets.DataException if a column has no category that is known, or too
   *     many
   */
  SideEncoding fit(SideEncoding unfitted) {
    if (unfitted.isEmpty()) {
      return unfitted;
    }
    SideStatistics known = data.gather(new OfSide(of));
    ConstantBounds none = known.bounds();
    ConstantBounds bounds = none.areOpen() ? data.gather(new OfBounds(of, known)) : none;
    QuartileSearch quartiles =
        QuartileFit.of(data, of, QuartileFit.Numbers.STATICS, unfitted.numbers());
    return known.fit(unfitted, bounds, quartiles, rare, data.source());
  }

  private record OfSide(FitStatistics.Of of) implements Gathering<SideStatistics> {
    @Override
    public SideStatistics none() {
      return new SideStatistics(of.sent().get().side(), SideStatistics.MOST_CATEGORIES);
    }

    @Override
    public void add(SideStatistics known, RawSequence raw, TableTimes times) {
      of.training(raw, times).ifPresent(steps -> known.add(raw, steps, of.sent().get().offset()));
    }
  }

  private record OfBounds(FitStatistics.Of of, SideStatistics known)
      implements Gathering<ConstantBounds> {
    @Override
    public ConstantBounds none() {
      return known.bounds();
    }

    @Override
    public void add(ConstantBounds bounds, RawSequence raw, TableTimes times) {
      of.training(raw, times).ifPresent(steps -> bounds.add(Readings.statics(raw, steps)));
    }
  }
}
