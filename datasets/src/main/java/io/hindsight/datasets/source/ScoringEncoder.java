package io.hindsight.datasets.source;

import io.hindsight.datasets.LeftOut;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.fit.ConstantColumns;
import io.hindsight.datasets.sequences.SequenceMapping;
import io.hindsight.datasets.source.ScoringEncoder.Labelled;
import io.hindsight.datasets.split.Selection;
import io.hindsight.datasets.split.SentEncoding;
import io.hindsight.datasets.split.TableEncoder;
import io.hindsight.datasets.time.TableTimes;
import io.hindsight.datasets.windows.SequenceList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Encodes sequences with their targets, one by one, in a task. */
final class ScoringEncoder implements SequenceMapping<Labelled> {
  private static final long serialVersionUID = 1L;

  private final SentEncoding sent;
  private final int minLength;

  /**
   * A sequence as it was read and as it was encoded.
   *
   * @param times of this sequence alone
   * @param encoder for this sequence
   * @param whole with all its targets; null if it is left out
   * @param leftOut why it takes no part, if it takes none
   */
  record Labelled(
      RawSequence raw,
      TableTimes times,
      TableEncoder encoder,
      SequenceList whole,
      Optional<LeftOut> leftOut) {}

  /**
   * By a model.
   *
   * @param minLength steps that a sequence must have; 0 where none are asked for
   */
  ScoringEncoder(Encoding.Table encoding, int minLength) {
    this.sent = new SentEncoding(encoding);
    this.minLength = minLength;
  }

  /** The encoding. */
  Encoding.Table encoding() {
    return sent.get();
  }

  /**
   * Encodes a sequence, or leaves it out.
   *
   * @param changed told of columns that were constant in training and change here
   */
  @Override
  public Labelled apply(RawSequence raw, Consumer<String> changed) {
    Encoding.Table encoding = sent.get();
    TableTimes times = TableTimes.of(List.of(raw), encoding.timeSteps());
    TableEncoder encoder = new TableEncoder(encoding, times, sent.lookups());
    Optional<LeftOut> leftOut = Selection.unscored(raw, encoding, times, minLength);
    if (leftOut.isPresent()) {
      return new Labelled(raw, times, encoder, null, leftOut);
    }
    SequenceList whole = encoder.steps(raw);
    new ConstantColumns(encoding).changedIn(List.of(raw), times).forEach(changed);
    return new Labelled(raw, times, encoder, whole, leftOut);
  }
}
