package io.hindsight.driver.loss;

import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.datasets.windows.Windows;
import java.io.Serializable;

/**
 * The windows of whole sequences in which they are scored.
 *
 * @param window steps of a window; 0 if sequences are not cut
 * @param stride steps that each window but the first adds
 */
public record LossWindows(int window, int stride) implements Serializable {
  /** Whole sequences. */
  public static final LossWindows WHOLE = new LossWindows(0, 0);

  boolean areWhole() {
    return window == 0;
  }

  /** The windows of some whole sequences. */
  WindowBlocks of(WindowBlocks whole) {
    return areWhole() ? whole : Windows.scoring(whole, window, stride);
  }
}
