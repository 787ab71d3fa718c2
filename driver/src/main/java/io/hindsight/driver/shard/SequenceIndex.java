package io.hindsight.driver.shard;

/**
 * What a plan knows of the training part: how long its sequences are, by rank, and what they take.
 * Neither data nor ids, so four bytes for each.
 *
 * <p>A sequence may be a window that was cut beforehand. Its rank is its place in the order of ids.
 */
public final class SequenceIndex {
  private final int[] lengths; // T of each, by rank
  private final long bytes;
  private final boolean held;

  /**
   * An index.
   *
   * @param lengths T of each sequence by rank, each at least 1; not copied
   * @param bytes heap that the sequences take as objects, about
   * @param held whether they are on the heap of this process
   */
  public SequenceIndex(int[] lengths, long bytes, boolean held) {
    this.lengths = lengths;
    this.bytes = bytes;
    this.held = held;
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

  /** Heap that the sequences take as objects, about, wherever they are objects. */
  public long bytes() {
    return bytes;
  }

  /** Heap of this process that they take, about. */
  public long heldBytes() {
    return held ? bytes : 0;
  }
}
