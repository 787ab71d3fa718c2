package io.hindsight.driver.score.kind;

import io.hindsight.datasets.encoded.ErrorScale;
import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.sums.ErrorTotals;
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

  private final int size; // O
  private final transient Optional<Forecast> forecast; // for adding, which is done before sending
  private final transient NumberAnswers numbers; // for adding
  private final ErrorTotals errors; // of each output
  private final long[] answered; // (O): targets that are not missing
  private final IntervalScores intervals; // stays 0 unless quantiles are answered
  private final RelativeErrors relative; // null unless asked for

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
    for (int o = 0; o < size; o++) {
      actual[o] = sequence.targets()[step * size + o];
      if (Double.isNaN(actual[o])) {
        continue;
      }
      double[] said = numbers.of(outputs, 0, o);
      if (forecast.isPresent()) {
        actual[o] = forecast.get().actual(sequence, step, o);
        for (int i = 0; i < said.length; i++) {
          said[i] = forecast.get().decode(sequence, step, o, said[i]);
        }
      }
      error[o] = said[0] - actual[o];
      answered[o]++;
      errors.add(o, error[o]);
      if (said.length > 1) {
        intervals.add(actual[o], Arrays.copyOfRange(said, 1, said.length));
      }
      scaled[o] = scale.isPresent() ? Math.abs(error[o]) / scale.get().absolute(o) : Double.NaN;
      if (relative != null) {
        relative.add(error[o], actual[o]);
        double squared = scale.isPresent() ? scale.get().squared(o) : Double.NaN;
        relative.addScaled(scaled[o], error[o] * error[o] / squared);
      }
    }
    also.forEach(to -> to.addValues(sequence.id(), step, error, actual, scaled));
  }

  @Override
  public void merge(KindScores other) {
    ValueScores values = (ValueScores) other;
    errors.merge(values.errors);
    Arrays.setAll(answered, o -> answered[o] + values.answered[o]);
    intervals.merge(values.intervals);
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
  public List<TargetErrors> errors() {
    return IntStream.range(0, size)
        .mapToObj(o -> new TargetErrors(errors.rmse(o, answered[o]), errors.mae(o, answered[o])))
        .toList();
  }
}
