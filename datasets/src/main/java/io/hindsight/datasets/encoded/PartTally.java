package io.hindsight.datasets.encoded;

import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.datasets.windows.SequenceList;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.util.List;

/** How many sequences the parts of data have, and how many of those can be scored. */
public final class PartTally implements Mergeable<PartTally> {
  private static final long serialVersionUID = 1L;
  private static final int PARTS = Part.values().length;

  private final long[] sequences = new long[PARTS];
  private final long[] withTarget = new long[PARTS];
  private final long[] endingInTarget = new long[PARTS];

  /** Of all sequences of some parts. */
  public static PartTally of(EncodedData.Parts parts) {
    PartTally tally = new PartTally();
    parts.forEach(tally::add);
    return tally;
  }

  /** Counts a sequence. */
  public void add(Part part, Sequence sequence) {
    add(part, Window.whole(sequence));
  }

  /** Counts a sequence that is there as a view. */
  public void add(Part part, Window sequence) {
    int at = part.ordinal();
    sequences[at]++;
    withTarget[at] += sequence.isAnyScored() ? 1 : 0;
    endingInTarget[at] += sequence.isScored(sequence.steps() - 1) ? 1 : 0;
  }

  /** The same of a sequence that need not be held. */
  public void add(Part part, SequenceList of, int index) {
    int at = part.ordinal();
    int length = of.length(index);
    int from = of.scoredFrom(index);
    sequences[at]++;
    withTarget[at] += of.isAnyScored(index, from, length) ? 1 : 0;
    endingInTarget[at] += of.isAnyScored(index, Math.max(from, length - 1), length) ? 1 : 0;
  }

  @Override
  public void merge(PartTally other) {
    for (int at = 0; at < PARTS; at++) {
      sequences[at] += other.sequences[at];
      withTarget[at] += other.withTarget[at];
      endingInTarget[at] += other.endingInTarget[at];
    }
  }

  /**
   * What {@link #of(List)} reads: of each part its sequences, those with a target, … ending in one.
   */
  public List<long[]> numbers() {
    return List.of(sequences.clone(), withTarget.clone(), endingInTarget.clone());
  }

  /** The tally of these numbers. */
  public static PartTally of(List<long[]> numbers) {
    PartTally tally = new PartTally();
    List<long[]> all = List.of(tally.sequences, tally.withTarget, tally.endingInTarget);
    for (int i = 0; i < all.size(); i++) {
      System.arraycopy(numbers.get(i), 0, all.get(i), 0, PARTS);
    }
    return tally;
  }

  /** Sequences of a part. */
  public long sequences(Part part) {
    return sequences[part.ordinal()];
  }

  /** Whether a part has no sequence. */
  public boolean isEmpty(Part part) {
    return sequences(part) == 0;
  }

  /** Whether a part has sequences, but none with a step whose target is known. */
  public boolean lacksTargets(Part part) {
    return !isEmpty(part) && withTarget[part.ordinal()] == 0;
  }

  /** Whether a part has sequences, but none whose last step has a known target. */
  public boolean lacksLastTargets(Part part) {
    return !isEmpty(part) && endingInTarget[part.ordinal()] == 0;
  }
}
