package io.hindsight.datasets.fit;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.PartCuts;
import io.hindsight.datasets.encoded.PartSums;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.fit.RowEncoder.Known;
import io.hindsight.datasets.side.CategoryTally;
import io.hindsight.datasets.side.FilledTally;
import io.hindsight.datasets.split.LabelTally;
import io.hindsight.datasets.split.Selection;
import io.hindsight.datasets.split.SentEncoding;
import io.hindsight.datasets.split.SplitRule;
import io.hindsight.datasets.split.Splits;
import io.hindsight.datasets.split.TableEncoder;
import io.hindsight.datasets.stored.EncodedRow;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.datasets.time.SpacingMeter;
import io.hindsight.datasets.time.SpacingTally;
import io.hindsight.datasets.time.TableTimes;
import io.hindsight.datasets.time.TimeStep;
import io.hindsight.datasets.windows.SequenceList;
import io.hindsight.kernels.batch.Sequence;
import java.util.Optional;

/** Encodes the sequences of a table that can be trained on or judged by. */
final class RowEncoder implements TableData.Encoder<Known> {
  private static final long serialVersionUID = 1L;

  private final SentEncoding sent;
  private final int minLength;
  private final SplitRule rule;
  private final TimeStep nearest; // to a common step; null if there is one, or none is known

  /**
   * For a table.
   *
   * @param minLength steps that a sequence must have to take part
   * @param rule which parts they are in
   * @param nearest the step that comes nearest to a common one, where there is none
   */
  RowEncoder(Encoding.Table encoding, int minLength, SplitRule rule, Optional<TimeStep> nearest) {
    this.sent = new SentEncoding(encoding);
    this.minLength = minLength;
    this.rule = rule;
    this.nearest = nearest.orElse(null);
  }

  /** What is known besides of the sequences that take part. */
  static final class Known implements Mergeable<Known> {
    private static final long serialVersionUID = 1L;

    private final SpacingTally spacing = new SpacingTally();
    private final LabelTally labels = new LabelTally();
    private final CategoryTally categories = new CategoryTally();
    private final FilledTally filled = new FilledTally();
    private final PartSums sums = new PartSums();

    /** How their rows follow each other in time. */
    SpacingTally spacing() {
      return spacing;
    }

    /** Their labels. */
    LabelTally labels() {
      return labels;
    }

    /** Their categories. */
    CategoryTally categories() {
      return categories;
    }

    /** Their inputs that are missing. */
    FilledTally filled() {
      return filled;
    }

    /** Their parts. */
    PartSums sums() {
      return sums;
    }

    private void add(
        Part part, Sequence steps, RawSequence raw, Encoding.Table encoding, TableEncoder encoder) {
      if (encoding.labels().isPresent()) {
        labels.add(part, steps, raw, encoding, encoder);
      }
      categories.add(part, steps, raw, encoding);
      filled.add(part, steps, raw, encoding);
    }

    @Override
    public void merge(Known other) {
      spacing.merge(other.spacing);
      labels.merge(other.labels);
      categories.merge(other.categories);
      filled.merge(other.filled);
      sums.merge(other.sums);
    }
  }

  @Override
  public Known none() {
    return new Known();
  }

  @Override
  public Optional<EncodedRow> encode(Known known, RawSequence raw, TableTimes times) {
    Encoding.Table encoding = sent.get();
    if (Selection.unscored(raw, encoding, times, minLength).isPresent()) {
      return Optional.empty();
    }
    TableEncoder encoder = new TableEncoder(encoding, times, sent.lookups());
    SpacingMeter.add(
        known.spacing, raw, times, encoding.horizon().first(), Optional.ofNullable(nearest));
    SequenceList unscaled = encoder.steps(raw);
    PartCuts cuts = rule.cuts(raw, encoder, unscaled.length(0));
    TableEncoder own = encoder.ownScaled(raw, unscaled.length(0), cuts);
    SequenceList whole = own.within(cuts, raw, own == encoder ? unscaled : own.steps(raw));
    EncodedData.Parts parts = Splits.at(whole, index -> cuts);
    if (encoding.labels().isPresent()
        || !encoding.side().isEmpty()
        || !encoding.filling().isNone()) {
      parts.forEach((part, steps) -> known.add(part, steps, raw, encoding, encoder));
    }
    known.sums.add(parts);
    return Optional.of(EncodedRow.of(whole, own.series(raw), cuts));
  }
}
