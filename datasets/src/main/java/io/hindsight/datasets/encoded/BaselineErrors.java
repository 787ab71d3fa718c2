package io.hindsight.datasets.encoded;

import io.hindsight.datasets.sums.ErrorTotals;
import io.hindsight.datasets.sums.Mergeable;

/** What {@link BaselineMethods} have reached on some targets, in sums. */
public final class BaselineErrors implements Mergeable<BaselineErrors> {
  private static final long serialVersionUID = 1L;

  private final Errors lastValue = new Errors();
  private final Errors seasonalNaive = new Errors();
  private final Errors autoregression = new Errors();

  Errors lastValue() {
    return lastValue;
  }

  Errors seasonalNaive() {
    return seasonalNaive;
  }

  Errors autoregression() {
    return autoregression;
  }

  @Override
  public void merge(BaselineErrors other) {
    lastValue.merge(other.lastValue);
    seasonalNaive.merge(other.seasonalNaive);
    autoregression.merge(other.autoregression);
  }

  /** Those of one method, all target columns together. */
  static final class Errors implements Mergeable<Errors> {
    private static final long serialVersionUID = 1L;

    private final ErrorTotals totals = new ErrorTotals(1);
    private long count;

    /** Adds the error of a target column. */
    void add(double error) {
      totals.add(0, error);
      count++;
    }

    @Override
    public void merge(Errors other) {
      totals.merge(other.totals);
      count += other.count;
    }

    /** Whether the method has answered nothing. */
    boolean isEmpty() {
      return count == 0;
    }

    /**
     * The figures.
     *
     * @param outputs O: target columns of a step
     */
    ForecastBaselines.Score score(int outputs) {
      return new ForecastBaselines.Score(totals.rmse(count), totals.mae(count), count / outputs);
    }
  }
}
