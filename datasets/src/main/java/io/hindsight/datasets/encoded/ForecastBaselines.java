package io.hindsight.datasets.encoded;

import io.hindsight.datasets.sums.HorizonErrors;
import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.kernels.batch.Window;
import java.util.List;
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
 * @param drift the present value, and as much more as the sequence has changed on average so far
 */
public record ForecastBaselines(
    Score lastValue, Optional<Score> seasonalNaive, Optional<Score> autoregression, Score drift) {
  /**
   * The errors of a forecast over all scored steps and target columns.
   *
   * @param rmse root of the mean squared error
   * @param mae mean absolute error
   * @param mase mean absolute error in units of each sequence's {@link ErrorScale}; NaN where no
   *     sequence has one
   * @param steps the scored steps that it answers
   * @param byHorizon the errors of each horizon, all target columns together, nearest first
   */
  public record Score(
      double rmse, double mae, double mase, long steps, List<HorizonErrors> byHorizon) {
    public Score {
      byHorizon = List.copyOf(byHorizon);
    }
  }

  /**
   * The baselines on a part, as {@link BaselineMethods}.
   *
   * @param data the data, whose training part the autoregression is fitted to
   * @param part windows of {@code data}'s sequences
   * @param season steps of one season; the autoregression then reads season + 1 values, else 10
   * @return absent unless the targets are future values of a series and the part has scored steps
   */
  public static Optional<ForecastBaselines> of(
      EncodedData data, WindowBlocks part, Optional<Integer> season) {
    Optional<Forecast> forecast =
        data.forecast()
            .filter(Forecast::isOfFuture)
            .map(truth -> truth.withTraining(TrainingSteps.of(data.training(), season)));
    if (forecast.isEmpty() || part.stream().noneMatch(Window::isAnyScored)) {
      return Optional.empty();
    }
    BaselineMethods methods = methods(data, season).orElseThrow();
    BaselineErrors errors = new BaselineErrors();
    methods.add(errors, forecast.get(), part);
    return methods.result(errors);
  }

  /**
   * The same, ready to be made.
   *
   * @return absent unless the targets are future values of a series
   */
  public static Optional<BaselineMethods> methods(EncodedData data, Optional<Integer> season) {
    return data.forecast()
        .filter(Forecast::isOfFuture)
        .map(
            truth -> {
              LagRows rows = new LagRows(truth.outputs(), season);
              truth.trained(data.training()).forEach(steps -> rows.count(truth, steps));
              Optional<LagSample> sample = rows.sample();
              sample.ifPresent(
                  some -> truth.trained(data.training()).forEach(steps -> some.add(truth, steps)));
              return BaselineMethods.of(season, sample);
            });
  }
}
