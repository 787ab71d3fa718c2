package io.hindsight.kernels.batch;

import io.hindsight.kernels.panel.Panels;
import io.hindsight.kernels.random.Noise;

/**
 * The window of a batch that a pass runs over, and its panels that hold anything: block n at step
 * t, if a lane of the block is that long.
 */
public final class WindowPanels {
  private static final int LANES = SequenceBatch.LANES;

  private final int blocks; // NB
  private final Panels ascending; // t ascending, then blocks
  private final int[] firstOfStep; // (T+1)
  private final int[] stepsOfBlock; // (NB)
  private final WindowPanels reversed;
  private final boolean fromEnd;
  private SequenceBatch batch;
  private Noise noise = Noise.NONE;

  /** For windows of up to {@code maxSteps} steps of {@code blocks} blocks. */
  public WindowPanels(int maxSteps, int blocks) {
    this.blocks = blocks;
    ascending = new Panels(Math.multiplyExact(maxSteps, blocks));
    firstOfStep = new int[maxSteps + 1];
    stepsOfBlock = new int[blocks];
    fromEnd = false;
    reversed = new WindowPanels(this);
  }

  /** The same panels, in which each lane is read from its end. */
  private WindowPanels(WindowPanels forward) {
    blocks = forward.blocks;
    ascending = forward.ascending;
    firstOfStep = forward.firstOfStep;
    stepsOfBlock = forward.stepsOfBlock;
    reversed = forward;
    fromEnd = true;
  }

  /** Lists the panels of a batch that a pass runs over. */
  public void set(SequenceBatch window, Noise ofPass) {
    batch = window;
    noise = ofPass;
    reversed.batch = window;
    reversed.noise = ofPass;
    for (int block = 0; block < blocks; block++) {
      stepsOfBlock[block] = batch.steps(block);
    }
    ascending.clear();
    int steps = batch.steps();
    for (int t = 0; t < steps; t++) {
      firstOfStep[t] = ascending.count();
      for (int block = 0; block < blocks; block++) {
        if (t < stepsOfBlock[block]) {
          ascending.add(t * blocks + block, lanes(block, t));
        }
      }
    }
    firstOfStep[steps] = ascending.count();
  }

  /** Lanes of a block up to the last that is still within its window. */
  private int lanes(int block, int t) {
    int lane = (block + 1) * LANES - 1;
    while (batch.length(lane) <= t) {
      lane--;
    }
    return lane - block * LANES + 1;
  }

  /** Whether windows of this shape fit. */
  public boolean fits(int steps, int blockCount) {
    return steps < firstOfStep.length && blockCount == blocks;
  }

  /** What each lane holds. */
  public SequenceBatch batch() {
    return batch;
  }

  /**
   * The same panels in the other direction, in which step t of a lane is the t-th that it reads.
   */
  public WindowPanels reversed() {
    return reversed;
  }

  /** Whether each lane is read from its end. */
  public boolean isFromEnd() {
    return fromEnd;
  }

  /**
   * The step of a lane's piece that it reads at step t: t, or length − 1 − t from the end, where
   * lanes stay at t past their piece.
   */
  public int stepRead(int lane, int t) {
    int length = batch.length(lane);
    return fromEnd && t < length ? length - 1 - t : t;
  }

  /** Whether the pass is one of training, with noise. */
  public boolean isNoisy() {
    return noise != Noise.NONE;
  }

  /** The noise of the pass. */
  public Noise noise() {
    return noise;
  }

  /** T of the longest lane. */
  public int steps() {
    return batch.steps();
  }

  /** The step t of a panel. */
  public int step(int panel) {
    return panel / blocks;
  }

  /** Whether some lane's piece ends at a panel's step. */
  boolean hasEnd(int panel) {
    int first = block(panel) * LANES;
    for (int lane = first; lane < first + LANES; lane++) {
      if (batch.length(lane) == step(panel) + 1) {
        return true;
      }
    }
    return false;
  }

  /** The block of a panel. */
  public int block(int panel) {
    return panel % blocks;
  }

  /** All panels, steps ascending and blocks ascending within a step. */
  public Panels all() {
    return ascending;
  }

  /** Where step t's panels start in {@link #all}. */
  public int first(int t) {
    return firstOfStep[t];
  }

  /** Panels of step t. */
  public int count(int t) {
    return firstOfStep[t + 1] - firstOfStep[t];
  }

  /** Steps of a block. */
  public int steps(int block) {
    return stepsOfBlock[block];
  }

  /** NB. */
  public int blocks() {
    return blocks;
  }

  /** Lists the panels of some blocks in the order their gradients are added: steps descending. */
  public void listDescending(int fromBlock, int toBlock, Panels into) {
    into.clear();
    int steps = 0;
    for (int block = fromBlock; block < toBlock; block++) {
      steps = Math.max(steps, stepsOfBlock[block]);
    }
    for (int t = steps - 1; t >= 0; t--) {
      for (int block = fromBlock; block < toBlock; block++) {
        if (t < stepsOfBlock[block]) {
          into.add(t * blocks + block, lanes(block, t));
        }
      }
    }
  }
}
