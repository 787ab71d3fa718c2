package io.hindsight.driver.diagnose.stored;

import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.driver.data.RunData;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.network.OutputSpec.At;
import java.util.ArrayList;
import java.util.List;

/**
 * A few windows of the training part, spread evenly over its sequences and, where these are few,
 * over their steps. Each is as long as those that a step is computed from, within bounds.
 */
final class DiagnosedWindows {
  private static final int MOST_WINDOWS = 32;
  private static final int MOST_STEPS = 512;

  private final RunData data;
  private final int longest;
  private final boolean lastOnly; // of a whole sequence

  private DiagnosedWindows(RunData data) {
    this.data = data;
    var bptt = data.config().training().bptt();
    longest = Math.min(MOST_STEPS, bptt.window().orElse(MOST_STEPS));
    lastOnly = RunData.scoresLastStepOnly(bptt, data.spec().output().at());
  }

  /** Of some data. */
  static List<Window> of(RunData data) {
    return new DiagnosedWindows(data).windows();
  }

  private List<Window> windows() {
    WindowBlocks whole = data.training();
    List<Window> windows = new ArrayList<>();
    int sequences = Math.min(MOST_WINDOWS, whole.size());
    for (int i = 0; i < sequences; i++) {
      Window sequence = whole.window((int) ((long) i * whole.size() / sequences));
      int share = MOST_WINDOWS * (i + 1) / sequences - MOST_WINDOWS * i / sequences;
      cut(sequence, lastOnly ? 1 : share, windows);
    }
    return windows;
  }

  /** Adds some windows of a sequence, the last of which ends where the sequence does. */
  private void cut(Window sequence, int most, List<Window> windows) {
    int steps = Math.min(longest, sequence.steps());
    int rest = sequence.steps() - steps;
    int count = Math.min(most, 1 + rest);
    for (int i = 1; i <= count; i++) {
      int end = steps + (int) ((long) rest * i / count);
      Window window = Window.cut(sequence.sequence(), end - steps, steps);
      boolean scored =
          data.spec().output().at() == At.LAST_STEP
              ? window.isScored(steps - 1)
              : window.isAnyScored();
      if (scored) {
        windows.add(window);
      }
    }
  }
}
