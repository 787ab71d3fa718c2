package io.hindsight.driver.shard;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.util.List;

/**
 * What a plan knows of the training part: how long its sequences are, by rank, and what they take.
 * Neither data nor ids, so four bytes for each.
 *
 * <p>A sequence may be a window that was cut beforehand. Its rank is its place in the order of ids.
 */
public final class SequenceIndex {
  private static final int OBJECT_BYTES = 120; // of a sequence and its id, about

  private final int[] lengths; // T of each, by rank
  private final long bytes;

  /**
   * An index.
   *
   * @param lengths T of each sequence by rank, each at least 1; not copied
   * @param bytes heap that the sequences take as objects, about
   */
  public SequenceIndex(int[] lengths, long bytes) {
    this.lengths = lengths;
    this.bytes = bytes;
  }

  /**
   * The index of sequences that are at hand.
   *
   * @param ranked in the order of their ids
   */
  public static SequenceIndex of(List<Window> ranked) {
    int[] lengths = new int[ranked.size()];
    long bytes = 0;
    int rank = 0;
    for (Window window : ranked) {
      lengths[rank++] = window.steps();
      bytes += OBJECT_BYTES + bytesPerStep(window.sequence()) * window.steps();
    }
    return new SequenceIndex(lengths, bytes);
  }

  private static long bytesPerStep(Sequence sequence) {
    long bytes = sequence.isTokens() ? Integer.BYTES : (long) Double.BYTES * sequence.width();
    if (sequence.classes() != null) {
      bytes += Integer.BYTES;
    }
    return bytes + (long) Double.BYTES * sequence.targetWidth();
  }

  /** How many sequences. */
  public int size() {
    return lengths.length;
  }

  /** T: steps of a sequence. */
  public int length(int rank) {
    return lengths[rank];
  }

  /** T of the longest sequence; 0 if there is none. */
  public int longest() {
    int longest = 0;
    for (int length : lengths) {
      longest = Math.max(longest, length);
    }
    return longest;
  }

  /** Heap that the sequences take as objects, about. */
  public long bytes() {
    return bytes;
  }
}
