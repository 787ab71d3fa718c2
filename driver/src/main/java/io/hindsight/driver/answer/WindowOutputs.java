package io.hindsight.driver.answer;

import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.bptt.Predictor;
import io.hindsight.kernels.serving.StepPredictor;
import java.util.List;

/**
 * The outputs of windows, each from a zero state: of a single one step by step, of more in blocks
 * of eight lanes, which take as long for one. Both give the same bits. One object serves one
 * thread.
 */
public final class WindowOutputs {
  private final AnsweringModel model;
  private Predictor blocks; // null before there were several windows

  /** Of a model. */
  public WindowOutputs(AnsweringModel model) {
    this.model = model;
  }

  /** The outputs of each window // (T, A), or (A) for a network that answers at the last step. */
  public List<double[]> of(List<Window> windows) {
    if (windows.isEmpty()) {
      return List.of();
    }
    if (windows.size() == 1 && !model.network().readsBothWays()) {
      StepPredictor steps = model.steps();
      return List.of(steps.predict(windows.get(0)));
    }
    if (blocks == null) {
      blocks = new Predictor(model.packed());
    }
    return blocks.predictWindows(windows);
  }
}
