package io.hindsight.datasets.source;

import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.PartCuts;
import io.hindsight.datasets.encoded.PartTally;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.side.CategoryTally;
import io.hindsight.datasets.side.FilledTally;
import io.hindsight.datasets.source.ScoringEncoder.Labelled;
import io.hindsight.datasets.split.LabelTally;
import io.hindsight.datasets.split.Splits;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.datasets.windows.SequenceList;
import java.util.stream.IntStream;

/** What is known of some sequences once they are divided into parts. */
final class PartCensus implements Mergeable<PartCensus> {
  private static final long serialVersionUID = 1L;

  private final PartTally parts = new PartTally();
  private final LabelTally labels = new LabelTally();
  private final CategoryTally categories = new CategoryTally();
  private final FilledTally filled = new FilledTally();

  /** Counts a sequence that takes part. */
  void add(Encoding.Table encoding, Labelled one, SequenceList within, PartCuts cuts) {
    EncodedData.Parts divided = Splits.at(within, index -> cuts);
    for (Part part : Part.values()) {
      SequenceList of = divided.of(part);
      IntStream.range(0, of.size()).forEach(i -> parts.add(part, of, i));
    }
    if (encoding.labels().isEmpty() && encoding.side().isEmpty() && encoding.filling().isNone()) {
      return; // nothing to count, and no part to be copied
    }
    if (encoding.labels().isPresent()) {
      divided.forEach(
          (part, sequence) -> labels.add(part, sequence, one.raw(), encoding, one.encoder()));
    }
    divided.forEach((part, sequence) -> categories.add(part, sequence, one.raw(), encoding));
    divided.forEach((part, sequence) -> filled.add(part, sequence, one.raw(), encoding));
  }

  @Override
  public void merge(PartCensus other) {
    parts.merge(other.parts);
    labels.merge(other.labels);
    categories.merge(other.categories);
    filled.merge(other.filled);
  }

  /** The sequences of each part. */
  PartTally parts() {
    return parts;
  }

  /** Their labels. */
  LabelTally labels() {
    return labels;
  }

  /** Their inputs that are missing. */
  FilledTally filled() {
    return filled;
  }

  /** Their categories. */
  CategoryTally categories() {
    return categories;
  }
}
