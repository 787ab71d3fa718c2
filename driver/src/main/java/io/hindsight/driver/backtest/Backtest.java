package io.hindsight.driver.backtest;

import io.hindsight.datasets.origins.OriginSteps;
import io.hindsight.datasets.origins.TargetTimes;
import io.hindsight.datasets.source.DataReader;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.predict.Evaluation;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.retrain.folder.SourceState;
import io.hindsight.driver.score.PartScore;
import io.hindsight.driver.score.ScoreRule;
import io.hindsight.driver.spark.session.Sessions;
import io.hindsight.driver.train.ResumableException;
import io.hindsight.driver.train.StopRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges answers to steps at rolling origins (L. Tashman, "Out-of-sample tests of forecasting
 * accuracy", International Journal of Forecasting 16, 2000): at each it is trained on what lies
 * before, or was trained once at the first, and is scored on what follows to the next. Simple
 * forecasts and the units of scaled errors are fitted to what lies before each.
 */
public final class Backtest {
  private final BacktestRequest request;
  private final TableSpec table;
  private final StopRequest stop;
  private final List<OriginFigures> figures = new ArrayList<>();
  private OriginSums all; // null before the first origin

  private Backtest(BacktestRequest request, TableSpec table, StopRequest stop) {
    this.request = request;
    this.table = table;
    this.stop = stop;
  }

  /**
   * Makes a backtest.
   *
   * @param stop may ask it to end before its time; the same request again goes on from there
   * @throws ConfigException if the configuration is of no table in the order of time
   * @throws io.hindsight.datasets.DataException if sequences are too short for so many origins, or
   *     the data cannot be read or encoded
   */
  public static BacktestReport run(BacktestRequest request, StopRequest stop) {
    Backtest backtest = new Backtest(request, table(request), stop);
    Origins origins = Origins.of(backtest.table, request);
    try (Sessions session = Sessions.forRun(request.config())) {
      return backtest.run(origins);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read or write " + request.directory(), e);
    }
  }

  private static TableSpec table(BacktestRequest request) {
    if (!(request.config().data() instanceof TableSpec table)) {
      throw ConfigException.of(
          "data.format", "a backtest needs an order in time, which only tables have; name one");
    }
    if (table.target().kind() == TargetKind.LABEL_STRING) {
      throw ConfigException.of(
          "data.target-kind",
          "a label string is one target of a whole sequence, but a backtest scores steps after an origin; use one of value, class, multilabel");
    }
    return table;
  }

  private BacktestReport run(Origins origins) throws IOException {
    SourceState source = SourceState.now(table);
    OriginSteps known =
        DataReader.origins(source.table(), origins.splits(), request.config().seed());
    origins.requireLong(known, table);
    OriginModels models = new OriginModels(request, source, stop);
    String model = null;
    for (Origin origin : origins.all()) {
      requireGoingOn();
      if (request.refit() || model == null) {
        model = models.of(origin);
      }
      TargetTimes times = known.times().get(origin.number() - 1);
      add(origin, times, model, origin.scoring(source.table()));
    }
    source.requireUnchanged();
    Optional<String> from = figures.get(0).from();
    Optional<String> to = figures.get(figures.size() - 1).to();
    return new BacktestReport(
        request.refit(), figures, figures(Optional.empty(), from, to, Optional.empty(), all));
  }

  private void requireGoingOn() {
    Optional<String> asked = stop.origin();
    if (asked.isPresent()) {
      throw ResumableException.betweenRuns(asked.get());
    }
  }

  private void add(Origin origin, TargetTimes times, String location, TableSpec data) {
    ModelBundle model = ModelBundle.load(location, Optional.empty(), List.of()).onWindow(data);
    Evaluation.Judged judged = Evaluation.judge(model, ScoreRule::withSequences);
    OriginSums sums = sums(model, judged.score());
    Optional<Integer> number = Optional.of(origin.number());
    figures.add(figures(number, times.from(), times.to(), Optional.of(location), sums));
    if (all == null) {
      all = sums;
    } else {
      all.merge(sums);
    }
  }

  private OriginSums sums(ModelBundle model, PartScore score) {
    return table.target().kind() == TargetKind.VALUE
        ? new ValueSums(score)
        : ClassSums.of(model, score);
  }

  private static OriginFigures figures(
      Optional<Integer> origin,
      Optional<String> from,
      Optional<String> to,
      Optional<String> model,
      OriginSums sums) {
    return new OriginFigures(
        origin, from, to, model, sums.targets(), sums.metrics(), sums.baselines());
  }
}
