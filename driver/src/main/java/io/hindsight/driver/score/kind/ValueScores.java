package io.hindsight.driver.score.kind;

import io.hindsight.datasets.encoded.ErrorScale;
import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.sums.ErrorTotals;
import io.hindsight.datasets.sums.HorizonErrors;
import io.hindsight.datasets.sums.HorizonTotals;
import io.hindsight.driver.score.interval.IntervalScores;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.distribution.NumberAnswers;
import io.hindsight.kernels.network.OutputSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;

/** Errors of numbers, in original units where known. */
final class ValueScores implements KindScores {
  private static final long serialVersionUID = 1L;

  private final int size; // E
  private final transient Optional<Forecast> forecast; // for adding, which is done before sending
  private final transient NumberAnswers numbers; // for adding
  private final ErrorTotals errors; // of each element
  private final long[] answered; // (E): those that are not missing
  private final IntervalScores intervals; // stays 0 unless quantiles are answered
  private final RelativeErrors relative; // null unless asked for
  private final HorizonTotals horizons = new HorizonTotals(); // empty where there is one

  ValueScores(OutputSpec output, Optional<Forecast> forecast, boolean further) {
    size = output.size();
    numbers = new NumberAnswers(output);
    answered = new long[size];
    intervals = new IntervalScores(output.options().quantiles());
    this.forecast = forecast;
    errors = new ErrorTotals(size);
    relative = further ? new RelativeErrors() : null;
  }

  @Override
  public void add(Sequence sequence, int step, double[] outputs, List<ScoredTargets> also) {
    double[] actual = new double[size];
    double[] error = new double[size];
    double[] scaled = new double[size];
    Optional<ErrorScale> scale = forecast.flatMap(truth -> truth.scale(sequence));
    int columns = forecast.map(Forecast::outputs).orElse(size);
    for (int e = 0; e < size; e++) {
      actual[e] = sequence.targets()[step * size + e];
      if (Double.isNaN(actual[e])) {
        continue;
      }
      double[] said = numbers.of(outputs, 0, e);
      if (forecast.isPresent()) {
        actual[e] = forecast.get().actual(sequence, step, e);
        for (int i = 0; i < said.length; i++) {
          said[i] = forecast.get().decode(sequence, step, e, said[i]);
        }
      }
      error[e] = said[0] - actual[e];
      answered[e]++;
      errors.add(e, error[e]);
      if (said.length > 1) {
        intervals.add(actual[e], Arrays.copyOfRange(said, 1, said.length));
      }
      scaled[e] =
          scale.isPresent() ? Math.abs(error[e]) / scale.get().absolute(e % columns) : Double.NaN;
      if (size > columns) {
        horizons.add(e / columns, error[e], scaled[e]);
      }
      if (relative != null) {
        relative.add(error[e], actual[e]);
        double squared = scale.isPresent() ? scale.get().squared(e % columns) : Double.NaN;
        relative.addScaled(scaled[e], error[e] * error[e] / squared);
      }
    }
    also.forEach(
        to -> to.addValues(sequence.id(), sequence.origin() + step, error, actual, scaled));
  }

  @Override
  public void merge(KindScores other) {
    ValueScores values = (ValueScores) other;
    errors.merge(values.errors);
    Arrays.setAll(answered, o -> answered[o] + values.answered[o]);
    intervals.merge(values.intervals);
    horizons.merge(values.horizons);
    if (relative != null) {
      relative.merge(values.relative);
    }
  }

  @Override
  public void putUsual(SortedMap<String, Double> metrics) {
    long numbersAnswered = Arrays.stream(answered).sum();
    metrics.put("rmse", errors.rmse(numbersAnswered));
    metrics.put("mae", errors.mae(numbersAnswered));
    intervals.putInto(metrics);
  }

  @Override
  public void putFurther(SortedMap<String, Double> metrics, TrainedClasses known) {
    if (relative != null) {
      relative.put(metrics);
    }
  }

  @Override
  public double rightAlways(List<Integer> outputs) {
    return Double.NaN;
  }

  @Override
  public List<TargetErrors> errors(int columns) {
    ErrorTotals of = errors.by(columns);
    long[] counts = new long[columns];
    for (int e = 0; e < size; e++) {
      counts[e % columns] += answered[e];
    }
    return IntStream.range(0, columns)
        .mapToObj(o -> new TargetErrors(of.rmse(o, counts[o]), of.mae(o, counts[o])))
        .toList();
  }

  @Override
  public List<HorizonErrors> byHorizon() {
    return horizons.byHorizon();
  }
}
