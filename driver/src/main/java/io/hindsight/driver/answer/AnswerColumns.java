package io.hindsight.driver.answer;

import io.hindsight.datasets.Decimal;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.driver.recursive.RecursiveOutput;
import io.hindsight.driver.score.interval.QuantileName;
import io.hindsight.kernels.distribution.NumberAnswers;
import io.hindsight.kernels.network.OutputSpec;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the values of an {@link Answer} are.
 *
 * <p>A class and its probability, a list of labels, or one number per output: the value of the
 * target column, with the quantiles of it, or the probability of the label.
 *
 * @param targets the target columns: one of a class, else one per output, with an index where a
 *     column has several
 * @param quantiles names of what follows each number: quantiles, as {@code q10}, and last {@link
 *     #SAMPLES} where they are drawn
 * @param probability whether the probability of a class follows
 * @param strings whether the value is a list of labels
 * @param horizons whether each of several horizons has a row of its own
 * @param targetTimes whether the time that is answered for can be known
 */
public record AnswerColumns(
    List<String> targets,
    List<String> quantiles,
    boolean probability,
    boolean strings,
    boolean horizons,
    boolean targetTimes) {
  /** The column of a class's probability. */
  public static final String PROBABILITY = "probability";

  /** The column of the steps to what is answered, where there are several. */
  public static final String HORIZON = "horizon";

  /** Behind a target, the column of samples of it. */
  private static final String SAMPLES = "samples";

  public AnswerColumns {
    targets = List.copyOf(targets);
    quantiles = List.copyOf(quantiles);
  }

  /** The columns of a model's answers, of which there are no quantiles. */
  public static AnswerColumns of(Encoding.Table encoding) {
    return of(encoding, List.of());
  }

  /**
   * The columns of a model's answers.
   *
   * @param output of its network
   */
  public static AnswerColumns of(Encoding.Table encoding, OutputSpec output, Choice choice) {
    List<Double> levels = new NumberAnswers(RecursiveOutput.of(output, encoding)).others();
    Stream<String> samples = choice.samples().isPresent() ? Stream.of(SAMPLES) : Stream.empty();
    return of(encoding, Stream.concat(levels.stream().map(QuantileName::of), samples).toList());
  }

  private static AnswerColumns of(Encoding.Table encoding, List<String> quantiles) {
    boolean classes = encoding.targetKind().isOneClass();
    boolean strings = encoding.targetKind() == TargetKind.LABEL_STRING;
    boolean times = encoding.horizon().steps() > 0 && !encoding.timeSteps().areRows();
    List<String> targets =
        encoding
            .targetScaling()
            .map(scaling -> OutputNames.of(encoding.targets(), scaling))
            .orElse(encoding.targets());
    return new AnswerColumns(
        targets, quantiles, classes, strings, !encoding.horizon().isSingle(), times);
  }

  /** How many values an answer has. */
  public int size() {
    return targets.size() * (1 + quantiles.size()) + (probability ? 1 : 0);
  }

  /**
   * A name for each number of an answer and each of its quantiles, as {@code ppm}, {@code ppm_q10};
   * without a probability.
   */
  public List<String> names() {
    return OutputNames.withEndings(targets, quantiles);
  }

  /** The same, as {@code prediction}, {@code prediction_q10}; with several targets their names. */
  public List<String> predictions() {
    return targets.size() > 1
        ? names().stream().map(name -> "prediction_" + name).toList()
        : new AnswerColumns(List.of("prediction"), quantiles, false, false, false, false).names();
  }

  /** Whether a value is the name of a class, or of several as a list. */
  public boolean isText(int value) {
    return (probability || strings) && value == 0;
  }

  /** Whether a value is a list of numbers. */
  public boolean isSamples(int value) {
    return hasSamples() && value % (1 + quantiles.size()) == quantiles.size();
  }

  /** Whether samples are drawn. */
  public boolean hasSamples() {
    return quantiles.contains(SAMPLES);
  }

  /** A value that may be a list of labels or numbers, as a text with blanks between them. */
  public static Object asText(Object value) {
    return value instanceof List<?> each
        ? each.stream().map(AnswerColumns::text).collect(Collectors.joining(" "))
        : value;
  }

  /** {@link Double#toString(double)} would write other digits on other JDKs. */
  private static String text(Object one) {
    return one instanceof Double x ? Decimal.of(x) : String.valueOf(one);
  }
}
