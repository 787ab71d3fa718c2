package io.hindsight.datasets.source;

import io.hindsight.datasets.LeftOut;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.encoded.EncodedInput;
import io.hindsight.datasets.encoded.EncodedInput.Encoded;
import io.hindsight.datasets.encoded.EncodedInput.Omitted;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.fit.ConstantColumns;
import io.hindsight.datasets.sequences.SequencePartitions.Mapping;
import io.hindsight.datasets.split.Selection;
import io.hindsight.datasets.split.SentEncoding;
import io.hindsight.datasets.split.TableEncoder;
import io.hindsight.datasets.time.TableTimes;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Encodes sequences to predict from, one by one, on the driver or in a task. */
final class InputEncoder implements Mapping<EncodedInput> {
  private static final long serialVersionUID = 1L;

  private final SentEncoding sent;
  private final int minLength;

  /**
   * By a model.
   *
   * @param minLength steps that a sequence must have; 0 where none are asked for
   */
  InputEncoder(Encoding.Table encoding, int minLength) {
    this.sent = new SentEncoding(encoding);
    this.minLength = minLength;
  }

  /**
   * Encodes a sequence, or leaves it out.
   *
   * @param changed told of columns that were constant in training and change here
   */
  @Override
  public EncodedInput apply(RawSequence raw, Consumer<String> changed) {
    Encoding.Table encoding = sent.get();
    Optional<LeftOut> leftOut = Selection.unanswered(raw, encoding, minLength);
    if (leftOut.isPresent()) {
      return new Omitted(leftOut.get());
    }
    TableTimes times = TableTimes.of(List.of(raw), encoding.timeSteps());
    new ConstantColumns(encoding).changedIn(List.of(raw), times).forEach(changed);
    int offset = encoding.offset();
    TableEncoder own = new TableEncoder(encoding, times, sent.lookups()).ownScaled(raw);
    return new Encoded(
        own.inputsOnly(raw),
        raw.times().isEmpty() ? List.of() : raw.times().subList(offset, raw.length()),
        times
            .later(raw, encoding.horizon())
            .map(all -> all.subList(offset, raw.length()))
            .orElse(List.of()),
        encoding.answersChanges() ? raw.numbers() : null,
        own.ownTargetScale());
  }
}
