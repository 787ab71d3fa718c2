package io.hindsight.datasets.encoded;

import io.hindsight.datasets.sums.HorizonErrors;
import io.hindsight.datasets.sums.HorizonTotals;
import io.hindsight.datasets.sums.Mergeable;
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
   * @return absent if no step was scored
   */
  public Optional<ForecastBaselines> result() {
    return lastValue.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ForecastBaselines(
                lastValue.score(), seasonalNaive.known(), autoregression.known(), drift.score()));
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

    private final HorizonTotals totals = new HorizonTotals();
    private long steps;

    /**
     * Adds the error of a target column.
     *
     * @param horizon among those that are answered, from 0
     * @param scale that it is divided by; NaN where it has none
     */
    void add(int horizon, double error, double scale) {
      totals.add(horizon, error, Math.abs(error) / scale);
    }

    /** Counts a step if it was answered. */
    void addStep(boolean answered) {
      steps += answered ? 1 : 0;
    }

    @Override
    public void merge(Errors other) {
      totals.merge(other.totals);
      steps += other.steps;
    }

    /** Whether the method has answered nothing. */
    boolean isEmpty() {
      return steps == 0;
    }

    private Optional<ForecastBaselines.Score> known() {
      return isEmpty() ? Optional.empty() : Optional.of(score());
    }

    /** The figures. */
    ForecastBaselines.Score score() {
      HorizonErrors all = totals.all();
      return new ForecastBaselines.Score(
          all.rmse(), all.mae(), all.mase(), steps, totals.byHorizon());
    }
  }
}
