package io.hindsight.driver.score.example;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.distribution.NumberAnswers;
import io.hindsight.kernels.network.OutputSpec;
import java.util.List;
import java.util.Optional;

/**
 * Numbers: their errors, answer − truth, are in the unit of the target column where there is one
 * that all sequences share; else in the units of the network, in which each is scaled.
 */
final class ValueKind implements LookKind {
  private final NumberAnswers numbers;
  private final Optional<Forecast> forecast;
  private final int columns; // O
  private final boolean original;

  /**
   * Of a network.
   *
   * @param output of all steps ahead
   * @param forecast decodes values to original units; absent leaves the network's units
   */
  ValueKind(OutputSpec output, Optional<Forecast> forecast) {
    numbers = new NumberAnswers(output);
    this.forecast = forecast;
    columns = forecast.map(Forecast::outputs).orElse(output.size());
    original =
        columns == 1 && forecast.filter(truth -> truth.encoding().scaleBy().isTable()).isPresent();
  }

  @Override
  public String errorName() {
    return "rmse";
  }

  @Override
  public int width() {
    return columns;
  }

  /** O. */
  int columns() {
    return columns;
  }

  /** E: numbers of all columns and steps ahead. */
  int elements() {
    return numbers.elements();
  }

  /** The levels of the quantiles that follow a number. */
  List<Double> levels() {
    return numbers.others();
  }

  @Override
  public double error(double sum, long targets) {
    return StrictMath.sqrt(sum / targets);
  }

  @Override
  public Look look(Sequence sequence) {
    return new ValueLook(this, sequence);
  }

  @Override
  public Points points() {
    return new ValuePoints(this);
  }

  @Override
  public void put(ObjectNode root, List<Sample> all) {
    root.put("unit", original ? "original" : "scaled");
    List<ValueLook> looks = all.stream().map(sample -> (ValueLook) sample.look()).toList();
    new ErrorShape(looks, columns).put(root.putObject("errors"));
  }

  /** Answer − truth of an element; NaN where the truth is missing. */
  double error(Sequence sequence, int step, int element, double[] outputs) {
    double truth = sequence.targets()[step * elements() + element];
    double answer = numbers.of(outputs, 0, element)[0];
    if (Double.isNaN(truth) || !original) {
      return answer - truth;
    }
    Forecast units = forecast.orElseThrow();
    return units.decode(sequence, step, element, answer) - units.actual(sequence, step, element);
  }

  /** The truth of an element, the answer, and its quantiles in the user's units // (2 + L). */
  double[] told(Sequence sequence, int step, int element, double[] outputs) {
    double[] answers = numbers.answered(outputs, 0, element);
    double[] told = new double[1 + answers.length];
    told[0] = sequence.targets()[step * elements() + element];
    boolean decodes = forecast.isPresent();
    if (decodes && !Double.isNaN(told[0])) {
      told[0] = forecast.get().actual(sequence, step, element);
    }
    for (int i = 0; i < answers.length; i++) {
      told[1 + i] =
          decodes ? forecast.get().decode(sequence, step, element, answers[i]) : answers[i];
    }
    return told;
  }

  /** Whether steps have answers for later ones, or for themselves; not so of labels. */
  private Optional<Forecast> ofSeries() {
    return forecast.filter(truth -> !truth.labelled());
  }

  /** The row of the sequence that a step answers from, as {@code predict} counts them. */
  int origin(int step) {
    return forecast.map(truth -> truth.present(step)).orElse(step);
  }

  /** The row that an element of a step's target is of. */
  int row(Sequence sequence, int step, int element) {
    return ofSeries()
        .map(truth -> truth.of(sequence).line().after(origin(step), truth.ahead(element)))
        .orElse(origin(step));
  }

  /** The first target column. */
  Optional<String> column() {
    return forecast.map(truth -> truth.column(0));
  }
}
