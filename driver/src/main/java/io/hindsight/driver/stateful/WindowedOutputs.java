package io.hindsight.driver.stateful;

import io.hindsight.datasets.windows.Windows;
import io.hindsight.driver.answer.AnsweringModel;
import io.hindsight.driver.answer.WindowOutputs;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.network.OutputSpec.At;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Of a network that was trained on windows, each from a zero state on: a step is computed in the
 * window that {@link Windows#scoring} has it in, of which the rows are kept. Where the last step of
 * a window is answered, it ends with the step.
 */
final class WindowedOutputs implements StepOutputs {
  private final ThreadLocal<WindowOutputs> ofWindows;
  private final int window;
  private final int stride;
  private final boolean lastOnly;
  private final int outputs; // A

  WindowedOutputs(AnsweringModel model) {
    ofWindows = ThreadLocal.withInitial(() -> new WindowOutputs(model));
    window = model.bptt().window().orElseThrow();
    lastOnly = model.network().output().at() == At.LAST_STEP;
    stride = lastOnly ? 1 : model.bptt().stride();
    outputs = model.network().output().answers();
  }

  @Override
  public Computed of(Sequence steps, int from, long before, byte[] network) {
    List<double[]> computed = new ArrayList<>();
    for (int next = from; next < steps.length(); ) {
      long start = Windows.startOfScoring(before + next, window, stride) - before;
      int first = Math.toIntExact(start);
      int end = lastOnly ? next + 1 : Math.min(steps.length(), first + window);
      Window one = new Window(steps, first, end - first, next - first, true);
      double[] all = ofWindows.get().of(List.of(one)).get(0);
      for (; next < end; next++) {
        int at = lastOnly ? 0 : (next - first) * outputs;
        computed.add(Arrays.copyOfRange(all, at, at + outputs));
      }
    }
    return new Computed(computed, new byte[0]);
  }

  @Override
  public int context() {
    return window - 1;
  }
}
