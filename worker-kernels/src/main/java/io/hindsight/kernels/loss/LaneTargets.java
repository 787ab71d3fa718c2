package io.hindsight.kernels.loss;

import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import java.util.Arrays;

/** What the lanes of a block aim at in one step: for each scored lane a row of its sequence. */
final class LaneTargets {
  static final int LANES = SequenceBatch.LANES;

  private final Window[] windows = new Window[LANES]; // null where the lane is not scored
  private final int[] steps = new int[LANES]; // of the sequence
  private int scored;

  /** Takes the lanes of a block that are scored at step t of their pieces. */
  void set(SequenceBatch batch, int block, int t, boolean lastStepOnly) {
    clear();
    for (int lane = 0; lane < LANES; lane++) {
      int global = block * LANES + lane;
      if (batch.isScored(global, t, lastStepOnly)) {
        add(lane, batch.window(global), batch.start(global) + t);
      }
    }
  }

  /** No lane is scored, as at first. */
  void clear() {
    Arrays.fill(windows, null);
    scored = 0;
  }

  /** Scores a lane that was not scored, at a step of its sequence. */
  void add(int lane, Window window, int step) {
    windows[lane] = window;
    steps[lane] = step;
    scored++;
  }

  /** Number of scored lanes. */
  int scored() {
    return scored;
  }

  /** Whether a lane is scored. */
  boolean isScored(int lane) {
    return windows[lane] != null;
  }

  /** Whether a lane is scored and its sequence has targets: without, its loss is 0. */
  boolean has(int lane) {
    return windows[lane] != null && windows[lane].sequence().hasTargets();
  }

  /** Whether {@link #has} holds for any lane. */
  boolean hasAny() {
    for (int lane = 0; lane < LANES; lane++) {
      if (has(lane)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Sees to it that there is something to differentiate.
   *
   * @throws IllegalStateException if a scored lane has no targets, naming its sequence
   */
  void requireAll() {
    for (int lane = 0; lane < LANES; lane++) {
      if (windows[lane] != null && !has(lane)) {
        throw new IllegalStateException(
            "a gradient needs targets, but sequence '%s', scored at step %d, has none; train on sequences with targets"
                .formatted(windows[lane].id(), steps[lane] - windows[lane].start()));
      }
    }
  }

  /** What the step of a lane which {@link #has} a target counts. */
  double weight(int lane) {
    return windows[lane].sequence().weight(steps[lane]);
  }

  /** An element of the target of a lane which {@link #has} one; NaN if it is missing. */
  double element(int lane, int e, int elements) {
    return windows[lane].sequence().targets()[steps[lane] * elements + e];
  }

  /**
   * Multiplies the derivatives of each step by its weight.
   *
   * @param d (O, 8), from {@code from}
   */
  void scale(int outputs, double[] d, int from) {
    for (int lane = 0; lane < LANES; lane++) {
      if (has(lane) && weight(lane) != 1) {
        for (int i = from + lane; i < from + outputs * LANES; i += LANES) {
          d[i] *= weight(lane);
        }
      }
    }
  }

  /** The class that a lane which {@link #has} one aims at. */
  int classOf(int lane) {
    return windows[lane].sequence().classes()[steps[lane]];
  }

  /**
   * Copies the targets of the lanes that have some; the others keep what is there.
   *
   * @param into (O, 8)
   */
  void copy(int outputs, double[] into) {
    for (int lane = 0; lane < LANES; lane++) {
      if (has(lane)) {
        double[] targets = windows[lane].sequence().targets();
        int row = steps[lane] * outputs;
        for (int o = 0; o < outputs; o++) {
          into[o * LANES + lane] = targets[row + o];
        }
      }
    }
  }

  /**
   * Zeroes the lanes that are not scored.
   *
   * @param d (O, 8), from {@code from}
   */
  void clearOthers(int outputs, double[] d, int from) {
    for (int lane = 0; lane < LANES; lane++) {
      if (windows[lane] == null) {
        for (int i = from + lane; i < from + outputs * LANES; i += LANES) {
          d[i] = 0;
        }
      }
    }
  }
}
