package io.hindsight.datasets.split;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.columns.PartsOfRows;
import io.hindsight.datasets.encoded.PartCuts;
import io.hindsight.datasets.spec.Embargo;
import io.hindsight.datasets.spec.PartColumn;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.Split.Dates;
import io.hindsight.datasets.spec.Split.Margins;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneId;

/** Which part has which sequence, or which of its steps; one sequence is enough to tell. */
public sealed interface SplitRule extends Serializable {
  /**
   * Where the parts of a sequence begin.
   *
   * @param raw the sequence as it was read
   * @param encoder that encoded it
   * @param length of the sequence as it was encoded
   */
  PartCuts cuts(RawSequence raw, TableEncoder encoder, int length);

  /** The rule of a split that does not depend on what sequences there are. */
  static SplitRule ofEach(Split split, ZoneId zone) {
    return switch (split.by()) {
      case TIME -> new ByTime(split, zone);
      case DATE -> new ByDate(split.dates(), split.margins(), zone);
      case COLUMN -> new ByColumn(split.column(), split.margins().embargo(), zone);
      case ID -> throw new IllegalArgumentException("a split by id depends on all sequences");
    };
  }

  /**
   * The last steps of each sequence are the later parts; sizes are as in {@link Split}.
   *
   * @param zone of times that do not tell theirs
   */
  record ByTime(Split split, ZoneId zone) implements SplitRule {
    @Override
    public PartCuts cuts(RawSequence raw, TableEncoder encoder, int length) {
      RowCuts cuts = new RowCuts(raw, encoder, zone);
      Embargo embargo = split.margins().embargo();
      return PartCuts.ofLast(length, split, first -> cuts.embargoed(embargo, first));
    }
  }

  /**
   * Steps by what a column says of their rows and of those of their targets.
   *
   * @param embargo steps that the part before another leaves out
   * @param zone of times that do not tell theirs
   */
  record ByColumn(PartColumn column, Embargo embargo, ZoneId zone) implements SplitRule {
    @Override
    public PartCuts cuts(RawSequence raw, TableEncoder encoder, int length) {
      PartsOfRows parts = raw.side().parts();
      requireOrder(raw, parts);
      if (encoder.isOfLabelStrings()) {
        requireOne(raw, parts);
      }
      RowCuts cuts = new RowCuts(raw, encoder, zone);
      int testFrom = cuts.firstStep(parts.first(Part.TEST), length);
      int validationFrom = cuts.firstStep(parts.first(Part.VALIDATION), testFrom);
      return new PartCuts(validationFrom, testFrom)
          .with(first -> cuts.embargoed(embargo, first), 0, length);
    }

    private void requireOrder(RawSequence raw, PartsOfRows parts) {
      int back = parts.firstBack();
      if (back < raw.length()) {
        throw new DataException(
            "the rows of a sequence must be of the training part first, then of validation, then of"
                + " the test part",
            step(parts, back),
            raw.place(back, column.name()),
            "give the later rows of a sequence the later part, or all of its rows one part");
      }
    }

    private void requireOne(RawSequence raw, PartsOfRows parts) {
      int change = parts.firstChange();
      if (change < raw.length()) {
        throw new DataException(
            "the rows of a sequence with a label string must be of one part",
            step(parts, change),
            raw.place(change, column.name()),
            "give all rows of a sequence the same part");
      }
    }

    private static String step(PartsOfRows parts, int row) {
      return parts.of(row).text() + " after " + parts.of(row - 1).text();
    }
  }

  /**
   * Whole sequences by their ids.
   *
   * @param bounds of the parts
   */
  record ById(IdSplit bounds, long seed) implements SplitRule {
    @Override
    public PartCuts cuts(RawSequence raw, TableEncoder encoder, int length) {
      return PartCuts.ofWhole(bounds.part(IdSplit.Key.of(seed, raw.id())), length);
    }
  }

  /**
   * Steps by when their rows and their targets are.
   *
   * @param margins of each sequence
   * @param zone of times that do not tell theirs
   */
  record ByDate(Dates dates, Margins margins, ZoneId zone) implements SplitRule {
    @Override
    public PartCuts cuts(RawSequence raw, TableEncoder encoder, int length) {
      RowCuts cuts = new RowCuts(raw, encoder, zone);
      int testFrom = cuts.firstStep(dates.testFrom(), length);
      int validationFrom = cuts.firstStep(dates.validationFrom(), testFrom);
      PartCuts parts =
          new PartCuts(validationFrom, testFrom)
              .with(first -> cuts.embargoed(margins.embargo(), first), margins.after(), length);
      return dates.testTo().equals(Instant.MAX)
          ? parts
          : parts.endingAt(cuts.firstStep(dates.testTo(), length));
    }
  }
}
