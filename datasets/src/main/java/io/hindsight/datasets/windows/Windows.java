package io.hindsight.datasets.windows;

import io.hindsight.kernels.batch.Sequence;
import java.util.List;

/**
 * Cuts long sequences into windows, each computed by itself; nothing is copied.
 *
 * <p>A network that answers at the last step only is trained and judged on the last row of each
 * window; with stride 1 every step from the window's length on becomes such a row once.
 */
public final class Windows {
  private Windows() {}

  /** Sequences that are not cut, as windows that are made when they are asked for. */
  public static WindowList whole(List<Sequence> sequences) {
    return new WholeWindows(SequenceList.of(sequences));
  }

  /**
   * Independent windows to train on, every {@code stride} steps. The last one may be shorter, so no
   * target is lost; windows without a step that has a target to score are left out.
   *
   * @param whole the sequences, in the order of their ids
   * @param window steps of a window, at least 1
   * @param stride steps from one window to the next, in [1, window]
   */
  public static WindowList training(List<Sequence> whole, int window, int stride) {
    require(window, stride);
    return TrainingWindows.of(SequenceList.of(whole), window, stride);
  }

  /**
   * Windows to judge by and to predict with: every scored step of the sequences is scored in
   * exactly one window, after at least {@code window − stride} steps of history where the sequence
   * has them.
   *
   * <p>Windows start at the multiples of {@code stride}, wherever the scored steps begin or end. So
   * a step is answered from the same history whether it is looked at as part of the test data, of
   * all data, or of data that goes on.
   *
   * <p>A network that answers at the last step only scores one step per window: use stride 1.
   *
   * @param whole the sequences, not cut
   * @param window steps of a window, at least 1
   * @param stride steps that each window but the first adds, in [1, window]
   */
  public static WindowBlocks scoring(WindowBlocks whole, int window, int stride) {
    require(window, stride);
    return whole.cut(window, stride);
  }

  /**
   * Start of the first window, of those at the multiples of the stride, that holds a step: the one
   * that {@link #scoring} scores it in.
   */
  public static long startOfScoring(long step, int window, int stride) {
    long beyondFirst = Math.max(0, step - window + 1);
    return (beyondFirst + stride - 1) / stride * stride;
  }

  private static void require(int window, int stride) {
    if (window < 1 || stride < 1 || stride > window) {
      throw new IllegalArgumentException(
          "a window must have at least 1 step and a stride in [1, window], but window is %d and stride %d"
              .formatted(window, stride));
    }
  }
}
