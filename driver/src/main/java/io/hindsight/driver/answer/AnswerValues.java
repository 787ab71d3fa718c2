package io.hindsight.driver.answer;

import io.hindsight.datasets.DataSpec.TargetKind;
import io.hindsight.datasets.encoded.EncodedInput.Encoded;
import io.hindsight.datasets.encoded.TargetDecoding;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.driver.score.Scores;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Makes values for people of a network's outputs. */
final class AnswerValues {
  private final Encoding.Table encoding;
  private final Optional<TargetDecoding> decoding;
  private final List<Object> none;

  AnswerValues(Encoding.Table encoding) {
    this.encoding = encoding;
    decoding =
        encoding.targetKind() == TargetKind.VALUE
            ? Optional.of(new TargetDecoding(encoding))
            : Optional.empty();
    none = Collections.nCopies(AnswerColumns.of(encoding).size(), null);
  }

  /** The values of a row without an answer. */
  List<Object> none() {
    return none;
  }

  /**
   * The values of a step.
   *
   * @param step of the encoded sequence
   * @param outputs of several steps
   * @param from where those of this step begin // O of them
   */
  List<Object> of(Encoded input, int step, double[] outputs, int from) {
    int width = encoding.outputs();
    if (encoding.targetKind() == TargetKind.CLASS) {
      double[] probabilities = Arrays.copyOfRange(outputs, from, from + width);
      int best = Scores.largest(probabilities);
      return Arrays.asList(encoding.labels().orElseThrow().name(best), probabilities[best]);
    }
    Object[] values = new Object[width];
    for (int o = 0; o < width; o++) {
      double output = outputs[from + o];
      values[o] =
          decoding.isPresent()
              ? decoding.get().decode(input.series(), step, o, output)
              : (Object) output;
    }
    return Arrays.asList(values);
  }
}
