package io.hindsight.driver.answer;

import io.hindsight.datasets.encoded.EncodedInput.Encoded;
import io.hindsight.datasets.encoded.TargetDecoding;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.driver.recursive.Continued;
import io.hindsight.driver.recursive.RecursiveOutput;
import io.hindsight.driver.score.kind.MedianClass;
import io.hindsight.kernels.ctc.BestPath;
import io.hindsight.kernels.ctc.PrefixBeam;
import io.hindsight.kernels.distribution.Distribution;
import io.hindsight.kernels.distribution.Draws;
import io.hindsight.kernels.distribution.NumberAnswers;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.random.IdHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Makes values for people of a network's outputs. */
final class AnswerValues {
  private final Encoding.Table encoding;
  private final Optional<TargetDecoding> decoding;
  private final NumberAnswers numbers;
  private final List<Object> none;
  private final Choice choice;
  private final Optional<Draws> draws;

  /**
   * For data of an encoding.
   *
   * @param trained the output of the network
   * @param choice how answers are chosen
   */
  AnswerValues(Encoding.Table encoding, OutputSpec trained, Choice choice) {
    OutputSpec output = RecursiveOutput.of(trained, encoding);
    this.encoding = encoding;
    this.choice = choice;
    numbers = new NumberAnswers(output);
    draws =
        choice
            .samples()
            .map(of -> new Draws(trained.ahead(RecursiveOutput.answers(encoding)), of.seed()));
    decoding =
        encoding.targetKind() == TargetKind.VALUE
            ? Optional.of(new TargetDecoding(encoding))
            : Optional.empty();
    none = Collections.nCopies(AnswerColumns.of(encoding, trained, choice).size(), null);
  }

  /** How many answers a step has: one for each horizon. */
  int horizons() {
    return decoding.isPresent() ? encoding.horizon().answers() : 1;
  }

  /** The values of a row without an answer. */
  List<Object> none() {
    return none;
  }

  /**
   * The value of a whole sequence: the names of its labels.
   *
   * @param outputs of all its steps // (T, O)
   */
  List<Object> ofString(double[] outputs) {
    int size = encoding.outputs();
    int beam = choice.beam();
    int[] labels = beam > 0 ? new PrefixBeam(beam, size).of(outputs) : BestPath.of(outputs, size);
    return List.of(Arrays.stream(labels).mapToObj(encoding.labels().orElseThrow()::name).toList());
  }

  /**
   * The values of a step.
   *
   * @param step of the encoded sequence
   * @param horizon in [0, {@link #horizons})
   * @param answered of several steps
   * @param from where the outputs of this step begin // E·P of them
   */
  List<Object> of(Encoded input, int step, int horizon, Continued answered, int from) {
    double[] outputs = answered.outputs();
    int width = encoding.outputs();
    if (encoding.targetKind().isOneClass()) {
      double[] probabilities = Arrays.copyOfRange(outputs, from, from + width);
      int best =
          encoding.targetKind() == TargetKind.ORDERED
              ? MedianClass.of(probabilities)
              : choice.of(probabilities);
      return Arrays.asList(encoding.labels().orElseThrow().name(best), probabilities[best]);
    }
    if (decoding.isPresent()) {
      return numbers(input, step, horizon, answered, from);
    }
    Object[] values = new Object[width];
    for (int o = 0; o < width; o++) {
      values[o] = outputs[from + o];
    }
    return Arrays.asList(values);
  }

  /** Numbers in original units, each with its quantiles; null for changes from what is missing. */
  private List<Object> numbers(Encoded input, int step, int horizon, Continued answered, int from) {
    double[] outputs = answered.outputs();
    TargetDecoding units = decoding.orElseThrow();
    List<Object> values = new ArrayList<>();
    int first = horizon * units.outputs();
    for (int e = first; e < first + units.outputs(); e++) {
      for (double said : numbers.answered(outputs, from, e)) {
        double value = units.decode(input.series(), input.scale(), step, e, said);
        values.add(Double.isNaN(value) ? null : (Object) value);
      }
      if (draws.isPresent()) {
        values.add(
            answered.samples().length > 0
                ? samples(answered, e)
                : samples(input, step, e, outputs, from));
      }
    }
    return values;
  }

  /** Samples that were read; null for changes from what is missing. */
  private static List<Object> samples(Continued answered, int e) {
    List<Object> samples = new ArrayList<>();
    for (double[] one : answered.samples()) {
      samples.add(one[e]);
    }
    return samples.stream().anyMatch(value -> Double.isNaN((double) value)) ? null : samples;
  }

  /** Samples of an element in original units; null for changes from what is missing. */
  private List<Object> samples(Encoded input, int step, int e, double[] outputs, int from) {
    TargetDecoding units = decoding.orElseThrow();
    Distribution distribution = draws.orElseThrow().distribution(outputs, from, e);
    long id = IdHash.of(input.id());
    List<Object> samples = new ArrayList<>();
    for (int i = 0; i < choice.samples().orElseThrow().count(); i++) {
      double drawn = draws.get().draw(distribution, id, step, e, i);
      double value = units.decode(input.series(), input.scale(), step, e, drawn);
      if (Double.isNaN(value)) {
        return null;
      }
      samples.add(value);
    }
    return samples;
  }
}
