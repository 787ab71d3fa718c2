package io.hindsight.datasets.split;

import io.hindsight.datasets.LeftOut;
import io.hindsight.datasets.LeftOut.Reason;
import io.hindsight.datasets.LeftOutTally;
import io.hindsight.datasets.Omissions;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.RawTable;
import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.time.TableTimes;
import io.hindsight.datasets.time.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Which sequences of a table take part: one that is too short, or has no values or targets, is left
 * out, and stops none of the others. A table where nothing is left to train on or to judge by is
 * refused.
 *
 * @param table the sequences that take part
 * @param omissions those that do not
 */
public record Selection(RawTable table, Omissions omissions) {
  /**
   * The sequences that can be trained on or judged by: those that have {@code data.min-length}
   * steps, and at least one target.
   *
   * @param times when the rows of the table's sequences are
   */
  public static Selection toScore(
      RawTable table, Encoding.Table encoding, TableTimes times, Optional<Integer> minLength) {
    return select(
        table,
        raw -> unscored(raw, encoding, times, minLength.orElse(0)),
        new NothingLeft(encoding, minLength.orElse(0), times.horizon(encoding.horizon().first())));
  }

  /** Why a sequence can be neither trained on nor judged by; absent if it can. */
  public static Optional<LeftOut> unscored(
      RawSequence raw, Encoding.Table encoding, TableTimes times, int minLength) {
    int offset = encoding.offset();
    Horizon horizon = encoding.horizon();
    int needed = Math.max(offset + horizon.first() + 1, minLength);
    Timeline line = times.line(raw);
    boolean target =
        IntStream.range(offset, raw.length())
            .anyMatch(
                t ->
                    IntStream.rangeClosed(horizon.first(), horizon.trained())
                        .anyMatch(h -> hasTarget(raw, encoding, t, line.after(t, h))));
    if (raw.length() < minLength || (!target && raw.length() < needed)) {
      return Optional.of(leftOut(raw, Reason.TOO_SHORT, needed));
    }
    return target ? empty(raw) : Optional.of(leftOut(raw, Reason.NO_TARGETS, needed));
  }

  /** Whether there is a target in a row, and of a change the value that it is from. */
  private static boolean hasTarget(RawSequence raw, Encoding.Table encoding, int present, int row) {
    if (row < 0 || !raw.hasValues()) {
      return row >= 0;
    }
    if (encoding.targetKind().isOfClasses()) {
      return encoding.targetKind() == TargetKind.LABEL_STRING || !raw.labels().get(row).isEmpty();
    }
    RowNumbers numbers = raw.numbers();
    int width = encoding.targetScaling().orElseThrow().size();
    return IntStream.range(0, width)
        .anyMatch(
            o ->
                !Double.isNaN(numbers.get(row * width + o))
                    && !(encoding.answersChanges()
                        && Double.isNaN(numbers.get(present * width + o))));
  }

  /**
   * Why a sequence cannot be answered to: it has not {@code data.min-length} steps, or not enough
   * for one input; absent if it can. A table without any other is not refused, as each has its
   * answer's row, which tells why there is none.
   */
  public static Optional<LeftOut> unanswered(
      RawSequence raw, Encoding.Table encoding, int minLength) {
    int needed = Math.max(encoding.offset() + 1, minLength);
    return raw.length() < needed ? Optional.of(leftOut(raw, Reason.TOO_SHORT, needed)) : empty(raw);
  }

  /**
   * Why a forecast from the last step cannot read what is known ahead; absent if it can, or reads
   * nothing of the kind.
   */
  public static Optional<LeftOut> withoutFuture(
      RawSequence raw, TableTimes times, Encoding.Table encoding) {
    if (encoding.side().future().isEmpty()) {
      return Optional.empty();
    }
    Timeline line = times.lineAhead(raw);
    Horizon horizon = encoding.horizon();
    int last = raw.length() - 1;
    return IntStream.rangeClosed(horizon.first(), horizon.last())
        .filter(h -> line.after(last, h) < 0)
        .mapToObj(h -> leftOut(raw, Reason.NO_FUTURE, raw.length() + h))
        .findFirst();
  }

  private static Optional<LeftOut> empty(RawSequence raw) {
    return raw.hasValues()
        ? Optional.empty()
        : Optional.of(leftOut(raw, Reason.EMPTY, raw.length()));
  }

  private static LeftOut leftOut(RawSequence raw, Reason reason, int needed) {
    int steps = raw.length();
    String last = steps == 0 || raw.times().isEmpty() ? "" : raw.times().get(steps - 1);
    return new LeftOut(raw.id(), last, reason, steps, needed);
  }

  private static Selection select(
      RawTable table, Function<RawSequence, Optional<LeftOut>> rule, NothingLeft nothingLeft) {
    List<RawSequence> kept = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    for (RawSequence raw : table.sequences()) {
      rule.apply(raw).ifPresentOrElse(leftOut::add, () -> kept.add(raw));
    }
    if (kept.isEmpty()) {
      throw nothingLeft.of(table.source(), LeftOutTally.of(leftOut));
    }
    Omissions omissions = Omissions.of(table.sequences().size(), leftOut);
    return new Selection(leftOut.isEmpty() ? table : table.withSequences(kept), omissions);
  }
}
