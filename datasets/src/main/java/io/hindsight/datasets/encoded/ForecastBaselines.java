package io.hindsight.datasets.encoded;

import io.hindsight.datasets.sums.ErrorTotals;
import io.hindsight.datasets.time.Timeline;
import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.util.Optional;

/**
 * What forecasts without a network achieve on the scored steps of a part, in original units: a
 * network that does not beat them has learned nothing.
 *
 * <p>Where steps are of time, values are looked up by time.
 *
 * @param lastValue the present value again
 * @param seasonalNaive the newest value of the same season as the target; absent without a season,
 *     or where there is no such value for any target
 * @param autoregression a linear function of the newest values, fitted to the training part; absent
 *     if that is too short
 */
public record ForecastBaselines(
    Score lastValue, Optional<Score> seasonalNaive, Optional<Score> autoregression) {
  private static final int DEFAULT_ORDER = 10;

  /**
   * The errors of a forecast over all scored steps and target columns.
   *
   * @param rmse root of the mean squared error
   * @param mae mean absolute error
   * @param steps the scored steps that it answers
   */
  public record Score(double rmse, double mae, long steps) {}

  /** A forecast of one target column. */
  @FunctionalInterface
  interface Method {
    /**
     * Predicts from the values up to the present.
     *
     * @param series (N, O), of which rows after {@code present} must not be read
     * @param line when the N rows are
     * @param present row of the newest value
     * @param output target column
     * @return NaN if it needs the value of a time that has no row
     */
    double predict(double[] series, Timeline line, int present, int output);
  }

  /**
   * The baselines on a part. Where the history of a step is too short for a method the last value
   * stands in, so all are judged on the same steps. A gap in the history is another thing: the
   * autoregression reads the value before it, and the seasonal naive forecast does not answer.
   *
   * @param data the data, whose training part the autoregression is fitted to
   * @param part windows of {@code data}'s sequences
   * @param season steps of one season; the autoregression then reads season + 1 values, else 10
   * @return absent unless the targets are future values of a series and the part has scored steps
   */
  public static Optional<ForecastBaselines> of(
      EncodedData data, WindowBlocks part, Optional<Integer> season) {
    Optional<Forecast> forecast =
        data.forecast().filter(known -> known.horizon() > 0 && !known.labelled());
    if (forecast.isEmpty() || part.stream().noneMatch(Window::isAnyScored)) {
      return Optional.empty();
    }
    Forecast truth = forecast.get();
    int order = season.map(steps -> steps + 1).orElse(DEFAULT_ORDER);
    return Optional.of(
        new ForecastBaselines(
            score(truth, part, lastValue(truth)),
            season
                .map(steps -> score(truth, part, seasonalNaive(truth, steps)))
                .filter(score -> score.steps() > 0),
            Autoregression.fit(truth, WindowBlocks.whole(data.training()), order)
                .map(fitted -> score(truth, part, fitted))));
  }

  private static Method lastValue(Forecast truth) {
    return (series, line, present, output) -> series[present * truth.outputs() + output];
  }

  private static Method seasonalNaive(Forecast truth, int season) {
    int seasons = (truth.horizon() + season - 1) / season;
    int back = seasons * season - truth.horizon();
    return (series, line, present, output) -> {
      boolean begun = line.newestBefore(present, back) >= 0;
      int row = begun ? line.before(present, back) : present;
      return row < 0 ? Double.NaN : series[row * truth.outputs() + output];
    };
  }

  private static Score score(Forecast truth, WindowBlocks part, Method method) {
    ErrorTotals errors = new ErrorTotals(1);
    long count = 0;
    for (Window window : part) {
      Sequence sequence = window.sequence();
      double[] series = truth.series(sequence);
      Timeline line = truth.line(sequence);
      for (int step = window.scoredFrom(); step < window.steps(); step++) {
        int t = window.start() + step;
        for (int o = 0; window.isScored(step) && o < truth.outputs(); o++) {
          double predicted = method.predict(series, line, truth.present(t), o);
          if (!Double.isNaN(predicted)) {
            errors.add(0, predicted - truth.actual(sequence, t, o));
            count++;
          }
        }
      }
    }
    return new Score(errors.rmse(count), errors.mae(count), count / truth.outputs());
  }
}
