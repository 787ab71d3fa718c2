package io.hindsight.datasets.encoded;

import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.time.Timeline;
import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.io.Serializable;
import java.util.Optional;

/**
 * Forecasts without a network, ready to be made.
 *
 * <p>Where the history of a step is too short for a method the last value stands in, so all are
 * judged on the same steps. A gap in the history is another thing: the autoregression reads the
 * value before it, and the seasonal naive forecast does not answer. So it is with a missing value:
 * the newest that is there stands for it. A missing target is not forecast.
 */
public final class BaselineMethods implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int season; // steps; 0 if there is none
  private final Autoregression autoregression; // null if there is none

  /** A forecast of one element: a target column at a horizon. */
  @FunctionalInterface
  private interface Method {
    /**
     * Predicts from the values up to the present.
     *
     * @param series (N, O), of which rows after {@code present} must not be read
     * @param line when the N rows are
     * @param present row of the newest value
     * @param element in [0, H·O)
     * @return NaN if it needs the value of a time that has no row, or whose value is missing
     */
    double predict(RowNumbers series, Timeline line, int present, int element);
  }

  private BaselineMethods(int season, Autoregression autoregression) {
    this.season = season;
    this.autoregression = autoregression;
  }

  /**
   * The methods.
   *
   * @param season steps of one season, if there is one
   * @param sample what the autoregression is fitted to; absent where there is too little
   */
  public static BaselineMethods of(Optional<Integer> season, Optional<LagSample> sample) {
    return new BaselineMethods(season.orElse(0), sample.flatMap(LagSample::fit).orElse(null));
  }

  /**
   * Makes the forecasts for scored steps, and adds their errors.
   *
   * @param truth of the windows' sequences
   */
  public void add(BaselineErrors errors, Forecast truth, WindowBlocks windows) {
    AheadTargets targets = new AheadTargets(truth);
    for (Window each : windows) {
      Window window = targets.of(each);
      add(errors.lastValue(), truth, window, lastValue(truth));
      if (season > 0) {
        add(errors.seasonalNaive(), truth, window, seasonalNaive(truth));
      }
      if (autoregression != null) {
        add(errors.autoregression(), truth, window, autoregression::predict);
      }
      add(errors.drift(), truth, window, drift(truth));
    }
  }

  private static void add(
      BaselineErrors.Errors errors, Forecast truth, Window window, Method method) {
    Sequence sequence = window.sequence();
    RowNumbers series = truth.series(sequence);
    Timeline line = truth.line(sequence);
    Optional<ErrorScale> scale = truth.scale(sequence);
    for (int step = window.scoredFrom(); step < window.steps(); step++) {
      int t = window.start() + step;
      boolean answered = false;
      for (int e = 0; window.isScored(step) && e < truth.elements(); e++) {
        double predicted =
            Double.isNaN(sequence.targets()[t * truth.elements() + e])
                ? Double.NaN
                : method.predict(series, line, truth.present(sequence.origin() + t), e);
        if (!Double.isNaN(predicted)) {
          double unit = scale.isPresent() ? scale.get().absolute(e % truth.outputs()) : Double.NaN;
          errors.add(e / truth.outputs(), predicted - truth.actual(sequence, t, e), unit);
          answered = true;
        }
      }
      errors.addStep(answered);
    }
  }

  private static Method lastValue(Forecast truth) {
    return (series, line, present, element) ->
        TargetSeries.newest(series, truth.outputs(), present, element % truth.outputs());
  }

  /** y_t + h · (y_t − y_0) / (t − 0), in steps, of the values there are; of one value that. */
  private static Method drift(Forecast truth) {
    return (series, line, present, element) -> {
      int columns = truth.outputs();
      int first = element % columns;
      int last = present * columns + first;
      while (first < last && Double.isNaN(series.get(first))) {
        first += columns;
      }
      while (first < last && Double.isNaN(series.get(last))) {
        last -= columns;
      }
      double steps = line.position(last / columns) - line.position(first / columns);
      double slope = first == last ? 0 : (series.get(last) - series.get(first)) / steps;
      return series.get(last) + truth.ahead(element) * slope;
    };
  }

  private Method seasonalNaive(Forecast truth) {
    return (series, line, present, element) -> {
      int output = element % truth.outputs();
      int seasons = (truth.ahead(element) + season - 1) / season;
      int back = seasons * season - truth.ahead(element);
      boolean begun = line.newestBefore(present, back) >= 0;
      if (!begun) {
        return TargetSeries.newest(series, truth.outputs(), present, output);
      }
      int row = line.before(present, back);
      return row < 0 ? Double.NaN : series.get(row * truth.outputs() + output);
    };
  }

  /**
   * What the methods have reached.
   *
   * @return absent if no step was scored
   */
  public Optional<ForecastBaselines> result(BaselineErrors errors) {
    if (errors.lastValue().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ForecastBaselines(
            errors.lastValue().score(),
            score(errors.seasonalNaive()),
            autoregression == null
                ? Optional.empty()
                : Optional.of(errors.autoregression().score()),
            errors.drift().score()));
  }

  private static Optional<ForecastBaselines.Score> score(BaselineErrors.Errors errors) {
    return errors.isEmpty() ? Optional.empty() : Optional.of(errors.score());
  }
}
