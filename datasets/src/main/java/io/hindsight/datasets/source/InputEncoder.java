package io.hindsight.datasets.source;

import io.hindsight.datasets.Count;
import io.hindsight.datasets.DataException;
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
import io.hindsight.datasets.time.Timeline;
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
    new ConstantColumns(encoding).changedIn(List.of(raw), times).forEach(changed);
    int offset = encoding.offset();
    requireFuture(raw, times, encoding);
    TableEncoder own = new TableEncoder(encoding, times, sent.lookups()).ownScaled(raw);
    return new Encoded(
        own.inputsOnly(raw),
        raw.times().isEmpty() ? List.of() : raw.times().subList(offset, raw.length()),
        targetTimes(raw, times, encoding),
        encoding.answersChanges() ? raw.numbers() : null,
        own.ownTargetScale(),
        encoding.horizon().isRecursive() ? own.laterInputs(raw) : null);
  }

  /** Refuses a forecast for which what is known ahead is not told. */
  private static void requireFuture(RawSequence raw, TableTimes times, Encoding.Table encoding) {
    List<String> columns = encoding.side().future();
    if (columns.isEmpty()) {
      return;
    }
    Timeline line = times.lineAhead(raw);
    Horizon horizon = encoding.horizon();
    int last = raw.length() - 1;
    for (int h = horizon.first(); h <= horizon.last(); h++) {
      if (line.after(last, h) < 0) {
        String time =
            times
                .later(raw, h)
                .map(all -> all.get(last))
                .filter(text -> !text.isEmpty())
                .map(text -> " at time " + text)
                .orElse("");
        throw new DataException(
            "columns %s must be known at the rows that are predicted".formatted(columns),
            "no row%s, %s after the last".formatted(time, Count.of(h, "step")),
            raw.place(),
            "add rows of later times with these columns, in which inputs and targets are empty");
      }
    }
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
