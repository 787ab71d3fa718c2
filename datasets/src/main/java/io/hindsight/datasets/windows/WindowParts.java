package io.hindsight.datasets.windows;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;

/** Windows of whole sequences, for who asks for one after the other. */
public interface WindowParts {
  /**
   * A window.
   *
   * @param index of its sequence
   * @param start first step
   * @param steps length
   * @param scoredFrom first step of the window that is scored
   */
  Window part(int index, int start, int steps, int scoredFrom);

  /** Of these; a sequence is asked for once for all windows in a row that are parts of it. */
  static WindowParts of(WindowBlocks whole) {
    return new WindowParts() {
      private int held = -1;
      private Sequence sequence;

      @Override
      public Window part(int index, int start, int steps, int scoredFrom) {
        if (index != held) {
          held = index;
          sequence = whole.window(index).sequence();
        }
        return new Window(sequence, start, steps, scoredFrom, true);
      }
    };
  }
}
