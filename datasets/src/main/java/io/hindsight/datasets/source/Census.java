package io.hindsight.datasets.source;

import io.hindsight.datasets.LeftOutTally;
import io.hindsight.datasets.RowChanges;
import io.hindsight.datasets.source.ScoringEncoder.Labelled;
import io.hindsight.datasets.split.HashCounts;
import io.hindsight.datasets.split.IdSplit;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.datasets.time.SpacingMeter;
import io.hindsight.datasets.time.SpacingTally;

/**
 * What is known of some sequences before they are divided into parts; and of their parts, where one
 * sequence is enough to tell.
 */
final class Census implements Mergeable<Census> {
  private static final long serialVersionUID = 1L;

  private final int horizon;
  private final long seed;
  private final LeftOutTally leftOut = new LeftOutTally();
  private final SpacingTally spacing = new SpacingTally();
  private final HashCounts hashes = new HashCounts();
  private final PartCensus parts = new PartCensus();
  private RowChanges changes = RowChanges.NONE;
  private boolean unmeasured;

  /**
   * Of nothing.
   *
   * @param horizon h, by which targets are looked up
   * @param seed of a split by ids
   */
  Census(int horizon, long seed) {
    this.horizon = horizon;
    this.seed = seed;
  }

  /** Counts a sequence. */
  void add(Labelled one) {
    changes = changes.plus(RowChanges.of(one.raw()));
    if (one.leftOut().isPresent()) {
      leftOut.add(one.leftOut().get());
      return;
    }
    unmeasured |= !SpacingMeter.add(spacing, one.raw(), one.times(), horizon);
    hashes.add(IdSplit.Key.of(seed, one.raw().id()));
  }

  @Override
  public void merge(Census other) {
    leftOut.merge(other.leftOut);
    spacing.merge(other.spacing);
    hashes.merge(other.hashes);
    parts.merge(other.parts);
    changes = changes.plus(other.changes);
    unmeasured |= other.unmeasured;
  }

  /** Sequences that take part. */
  long kept() {
    return hashes.total();
  }

  /** How rows of all were changed. */
  RowChanges changes() {
    return changes;
  }

  /** Sequences that do not. */
  LeftOutTally leftOut() {
    return leftOut;
  }

  /** Spacing of the rows of those that take part. */
  SpacingTally spacing() {
    return spacing;
  }

  /** The hashes of their ids. */
  HashCounts hashes() {
    return hashes;
  }

  /** What is known of the parts; nothing unless it was counted. */
  PartCensus parts() {
    return parts;
  }

  /** Whether only all sequences together tell by which step one of them is measured. */
  boolean isUnmeasured() {
    return unmeasured;
  }
}
