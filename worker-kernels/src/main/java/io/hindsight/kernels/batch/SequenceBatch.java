package io.hindsight.kernels.batch;

import io.hindsight.kernels.math.Lanes;
import java.util.Arrays;

/**
 * The windows of one training step, one per lane, in blocks of {@link #LANES} lanes.
 *
 * <p>A block is the unit of the kernels' layout on every machine: all values of a block are a
 * function of its own lanes only. A lane may be empty, and its window may be shorter than its
 * block's: after the end of its window a lane's state stands still and it adds nothing to loss or
 * gradients.
 */
public final class SequenceBatch {
  /** Lanes of a block: a constant of the format. */
  public static final int LANES = Lanes.LANES;

  private final int blocks; // NB
  private final Sequence[] sequences; // (NB·8), null where the lane is empty
  private final int[] starts; // (NB·8)
  private final int[] lengths; // (NB·8), 0 where the lane is empty

  /**
   * An empty batch.
   *
   * @param blocks NB, at least 1
   */
  public SequenceBatch(int blocks) {
    if (blocks < 1) {
      throw new IllegalArgumentException("a batch needs at least one block, not " + blocks);
    }
    this.blocks = blocks;
    sequences = new Sequence[blocks * LANES];
    starts = new int[blocks * LANES];
    lengths = new int[blocks * LANES];
  }

  /** Blocks that hold this many lanes. */
  public static int blocksFor(int lanes) {
    return (lanes + LANES - 1) / LANES;
  }

  /** A batch of whole sequences, lane by lane. */
  public static SequenceBatch of(Sequence... whole) {
    SequenceBatch batch = new SequenceBatch(blocksFor(whole.length));
    for (int lane = 0; lane < whole.length; lane++) {
      batch.set(lane, whole[lane], 0, whole[lane].length());
    }
    return batch;
  }

  /** Empties every lane. */
  public void clear() {
    Arrays.fill(sequences, null);
    Arrays.fill(lengths, 0);
  }

  /**
   * Puts a window of a sequence into a lane.
   *
   * @param start first step of the window
   * @param length steps of the window, at least 1
   */
  public void set(int lane, Sequence sequence, int start, int length) {
    if (start < 0 || length < 1 || start > sequence.length() - length) {
      throw new IllegalArgumentException(
          "window [%d, %d) is outside the %d steps of sequence '%s'"
              .formatted(start, start + length, sequence.length(), sequence.id()));
    }
    sequences[lane] = sequence;
    starts[lane] = start;
    lengths[lane] = length;
  }

  /** NB: the number of blocks. */
  public int blocks() {
    return blocks;
  }

  /** Lanes, empty ones included: 8 per block. */
  public int lanes() {
    return sequences.length;
  }

  /** The sequence in a lane, or null. */
  public Sequence sequence(int lane) {
    return sequences[lane];
  }

  /** The step of the lane's sequence at which its window starts. */
  public int start(int lane) {
    return starts[lane];
  }

  /** Steps of the lane's window; 0 for an empty lane. */
  public int length(int lane) {
    return lengths[lane];
  }

  /** T of a block: the longest window of its lanes. */
  public int steps(int block) {
    int steps = 0;
    for (int lane = block * LANES; lane < (block + 1) * LANES; lane++) {
      steps = Math.max(steps, lengths[lane]);
    }
    return steps;
  }

  /** T of the batch: the longest window of all lanes. */
  public int steps() {
    int steps = 0;
    for (int length : lengths) {
      steps = Math.max(steps, length);
    }
    return steps;
  }

  /** Sequences that have a window in this batch. */
  public int occupied() {
    int occupied = 0;
    for (int length : lengths) {
      occupied += length > 0 ? 1 : 0;
    }
    return occupied;
  }

  /**
   * Whether step {@code t} of the lane's window is scored.
   *
   * @param lastStepOnly whether the network answers only at the last step of a sequence
   */
  public boolean isScored(int lane, int t, boolean lastStepOnly) {
    if (t >= lengths[lane]) {
      return false;
    }
    Sequence sequence = sequences[lane];
    int step = starts[lane] + t;
    return (!lastStepOnly || step == sequence.length() - 1) && sequence.isScored(step);
  }
}
