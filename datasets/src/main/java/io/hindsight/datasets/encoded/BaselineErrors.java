package io.hindsight.datasets.encoded;

import io.hindsight.datasets.sums.ErrorTotals;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.datasets.sums.Total;
import java.util.Optional;

/** What {@link BaselineMethods} have reached on some targets, in sums. */
public final class BaselineErrors implements Mergeable<BaselineErrors> {
  private static final long serialVersionUID = 1L;

  private final Errors lastValue = new Errors();
  private final Errors seasonalNaive = new Errors();
  private final Errors autoregression = new Errors();
  private final Errors drift = new Errors();

  Errors lastValue() {
    return lastValue;
  }

  Errors seasonalNaive() {
    return seasonalNaive;
  }

  Errors autoregression() {
    return autoregression;
  }

  Errors drift() {
    return drift;
  }

  /**
   * What the methods have reached that have answered anything.
   *
   * @param outputs O: target columns of a step
   * @return absent if no step was scored
   */
  public Optional<ForecastBaselines> result(int outputs) {
    return lastValue.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ForecastBaselines(
                lastValue.score(outputs),
                seasonalNaive.known(outputs),
                autoregression.known(outputs),
                drift.score(outputs)));
  }

  @Override
  public void merge(BaselineErrors other) {
    lastValue.merge(other.lastValue);
    seasonalNaive.merge(other.seasonalNaive);
    autoregression.merge(other.autoregression);
    drift.merge(other.drift);
  }

  /** Those of one method, all target columns together. */
  static final class Errors implements Mergeable<Errors> {
    private static final long serialVersionUID = 1L;

    private final ErrorTotals totals = new ErrorTotals(1);
    private final Total scaled = new Total();
    private long count;
    private long scaledCount;

    /**
     * Adds the error of a target column.
     *
     * @param scale that it is divided by; NaN where it has none
     */
    void add(double error, double scale) {
      totals.add(0, error);
      count++;
      if (!Double.isNaN(scale)) {
        scaled.add(Math.abs(error) / scale);
        scaledCount++;
      }
    }

    @Override
    public void merge(Errors other) {
      totals.merge(other.totals);
      scaled.merge(other.scaled);
      count += other.count;
      scaledCount += other.scaledCount;
    }

    /** Whether the method has answered nothing. */
    boolean isEmpty() {
      return count == 0;
    }

    private Optional<ForecastBaselines.Score> known(int outputs) {
      return isEmpty() ? Optional.empty() : Optional.of(score(outputs));
    }

    /**
     * The figures.
     *
     * @param outputs O: target columns of a step
     */
    ForecastBaselines.Score score(int outputs) {
      return new ForecastBaselines.Score(
          totals.rmse(count), totals.mae(count), scaled.value() / scaledCount, count / outputs);
    }
  }
}
