package io.hindsight.datasets.source;

import io.hindsight.datasets.LeftOut;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.encoded.EncodedInput;
import io.hindsight.datasets.encoded.EncodedInput.Encoded;
import io.hindsight.datasets.encoded.EncodedInput.Omitted;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.fit.ConstantColumns;
import io.hindsight.datasets.sequences.SequenceMapping;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.datasets.split.Selection;
import io.hindsight.datasets.split.SentEncoding;
import io.hindsight.datasets.split.TableEncoder;
import io.hindsight.datasets.time.TableTimes;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Encodes sequences to predict from, one by one, on the driver or in a task. */
final class InputEncoder implements SequenceMapping<EncodedInput> {
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
    Optional<LeftOut> withoutFuture = Selection.withoutFuture(raw, times, encoding);
    if (withoutFuture.isPresent()) {
      return new Omitted(withoutFuture.get());
    }
    new ConstantColumns(encoding).changedIn(List.of(raw), times).forEach(changed);
    int offset = encoding.offset();
    TableEncoder own = new TableEncoder(encoding, times, sent.lookups()).ownScaled(raw);
    return new Encoded(
        own.inputsOnly(raw),
        raw.times().isEmpty() ? List.of() : raw.times().subList(offset, raw.length()),
        targetTimes(raw, times, encoding),
        encoding.answersChanges() ? raw.numbers() : null,
        own.ownTargetScale(),
        encoding.horizon().isRecursive() ? own.laterInputs(raw) : null);
  }

  /** Of each step, or of each horizon of the last step. */
  private static List<String> targetTimes(
      RawSequence raw, TableTimes times, Encoding.Table encoding) {
    if (raw.times().isEmpty()) {
      return List.of();
    }
    Horizon horizon = encoding.horizon();
    if (horizon.isSingle()) {
      return times
          .later(raw, horizon.steps())
          .map(all -> all.subList(encoding.offset(), raw.length()))
          .orElse(List.of());
    }
    return IntStream.rangeClosed(horizon.first(), horizon.last())
        .mapToObj(h -> times.later(raw, h))
        .flatMap(Optional::stream)
        .map(all -> all.get(raw.length() - 1))
        .toList();
  }
}
