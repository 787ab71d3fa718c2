package io.hindsight.kernels.batch;

import io.hindsight.kernels.panel.Lanes;
import java.util.Arrays;

/**
 * The pieces of windows that one step computes, one per lane, in blocks of {@link #LANES} lanes.
 *
 * <p>A piece is all of a window, or what follows the piece before it. A block is the unit of the
 * kernels' layout on every machine: all values of a block are a function of its own lanes only. A
 * lane may be empty, and its piece may be shorter than its block's: after the end of its piece a
 * lane's state stands still and it adds nothing to loss or gradients.
 */
public final class SequenceBatch {
  /** Lanes of a block: a constant of the format. */
  public static final int LANES = Lanes.LANES;

  private final int blocks; // NB
  private final Window[] windows; // (NB·8), null where the lane is empty
  private final int[] starts; // (NB·8), in the sequence
  private final int[] lengths; // (NB·8), 0 where the lane is empty
  private final int[] scoredFrom; // (NB·8), in the piece
  private final int[] handedOnAfter; // (NB·8), in the piece

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
    windows = new Window[blocks * LANES];
    starts = new int[blocks * LANES];
    lengths = new int[blocks * LANES];
    scoredFrom = new int[blocks * LANES];
    handedOnAfter = new int[blocks * LANES];
  }

  /** Blocks that hold this many lanes. */
  public static int blocksFor(int lanes) {
    return (lanes + LANES - 1) / LANES;
  }

  /** A batch of whole sequences, lane by lane. */
  public static SequenceBatch of(Sequence... whole) {
    SequenceBatch batch = new SequenceBatch(blocksFor(whole.length));
    for (int lane = 0; lane < whole.length; lane++) {
      batch.set(lane, Window.whole(whole[lane]), 0, whole[lane].length());
    }
    return batch;
  }

  /** Empties every lane. */
  public void clear() {
    Arrays.fill(windows, null);
    Arrays.fill(lengths, 0);
  }

  /**
   * Puts some steps of a whole sequence into a lane.
   *
   * @param start first step
   * @param length number of steps, at least 1
   */
  public void set(int lane, Sequence sequence, int start, int length) {
    set(lane, Window.whole(sequence), start, length);
  }

  /**
   * Puts a piece of a window into a lane.
   *
   * @param from first of the window's own steps
   * @param length number of steps, at least 1
   */
  public void set(int lane, Window window, int from, int length) {
    if (from < 0 || length < 1 || from > window.steps() - length) {
      throw new IllegalArgumentException(
          "window [%d, %d) is outside the %d steps of sequence '%s'"
              .formatted(from, from + length, window.steps(), window.id()));
    }
    windows[lane] = window;
    starts[lane] = window.start() + from;
    lengths[lane] = length;
    scoredFrom[lane] = 0;
    handedOnAfter[lane] = length;
  }

  /**
   * Lets the piece of a lane overlap with those before and after it.
   *
   * @param scored its first step that is scored: those before it were scored in an earlier piece
   * @param after the state after so many of its steps is handed on; at most its length
   */
  public void overlap(int lane, int scored, int after) {
    if (scored < 0 || scored >= lengths[lane] || after < 0 || after > lengths[lane]) {
      throw new IllegalArgumentException(
          "a piece of %d steps cannot be scored from %d on and hand on its state after %d"
              .formatted(lengths[lane], scored, after));
    }
    scoredFrom[lane] = scored;
    handedOnAfter[lane] = after;
  }

  /** NB: the number of blocks. */
  public int blocks() {
    return blocks;
  }

  /** Lanes, empty ones included: 8 per block. */
  public int lanes() {
    return windows.length;
  }

  /** The window in a lane, or null. */
  public Window window(int lane) {
    return windows[lane];
  }

  /** The sequence in a lane, or null. */
  public Sequence sequence(int lane) {
    return windows[lane] == null ? null : windows[lane].sequence();
  }

  /** The step of the lane's sequence at which its piece starts. */
  public int start(int lane) {
    return starts[lane];
  }

  /** The step of the lane's window at which its piece starts: 0 for its first. */
  public int startInWindow(int lane) {
    return starts[lane] - windows[lane].start();
  }

  /** Steps of the lane's piece; 0 for an empty lane. */
  public int length(int lane) {
    return lengths[lane];
  }

  /** The first step of the lane's piece that no earlier piece has: 0 unless they overlap. */
  public int scoredFrom(int lane) {
    return scoredFrom[lane];
  }

  /** After how many steps of its piece a lane's state is handed on: all, unless pieces overlap. */
  public int handedOnAfter(int lane) {
    return handedOnAfter[lane];
  }

  /** T of a block: the longest piece of its lanes. */
  public int steps(int block) {
    int steps = 0;
    for (int lane = block * LANES; lane < (block + 1) * LANES; lane++) {
      steps = Math.max(steps, lengths[lane]);
    }
    return steps;
  }

  /** T of the batch: the longest piece of all lanes. */
  public int steps() {
    int steps = 0;
    for (int length : lengths) {
      steps = Math.max(steps, length);
    }
    return steps;
  }

  /** Lanes that have a piece in this batch. */
  public int occupied() {
    int occupied = 0;
    for (int length : lengths) {
      occupied += length > 0 ? 1 : 0;
    }
    return occupied;
  }

  /**
   * Whether step {@code t} of the lane's piece is scored.
   *
   * @param lastStepOnly whether the network answers only at the last step of a window
   */
  public boolean isScored(int lane, int t, boolean lastStepOnly) {
    if (t < scoredFrom[lane] || t >= lengths[lane]) {
      return false;
    }
    int step = startInWindow(lane) + t;
    Window window = windows[lane];
    return (!lastStepOnly || step == window.steps() - 1) && window.isScored(step);
  }
}
