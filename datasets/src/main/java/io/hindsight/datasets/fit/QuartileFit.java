package io.hindsight.datasets.fit;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Readings;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.fit.TableData.Gathering;
import io.hindsight.datasets.quantile.QuartileSearch;
import io.hindsight.datasets.time.TableTimes;
import io.hindsight.kernels.batch.Window;

/**
 * Finds the quartiles of columns in the training part, looking at it once for each of their digits.
 *
 * @param of gathers that part
 * @param which columns
 * @param search what is known of them so far
 */
record QuartileFit(FitStatistics.Of of, Numbers which, QuartileSearch search)
    implements Gathering<QuartileSearch.Counts> {
  /** Numeric columns of a table. */
  enum Numbers {
    INPUTS,
    TARGETS,
    STATICS;

    private Readings of(Encoding.Table encoding, RawSequence raw, Window steps) {
      return switch (this) {
        case INPUTS -> Readings.inputs(encoding, raw, steps);
        case TARGETS -> Readings.targets(encoding, raw, steps);
        case STATICS -> Readings.statics(raw, steps);
      };
    }
  }

  /**
   * The quartiles of those columns that are scaled by them.
   *
   * @param scaling of the columns, not fitted
   */
  static QuartileSearch of(TableData data, FitStatistics.Of of, Numbers which, Scaling scaling) {
    QuartileSearch search = scaling.quartileSearch();
    while (!search.isDone()) {
      search = search.next(data.gather(new QuartileFit(of, which, search)));
    }
    return search;
  }

  @Override
  public QuartileSearch.Counts none() {
    return search.counts();
  }

  @Override
  public void add(QuartileSearch.Counts counts, RawSequence raw, TableTimes times) {
    of.training(raw, times)
        .map(steps -> which.of(of.sent().get(), raw, steps))
        .ifPresent(some -> counts.add(some.values(), some.count()));
  }
}
