package io.hindsight.driver.stateful;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.serving.PredictorState;
import io.hindsight.kernels.serving.StepPredictor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Of a network whose states go on from row to row, as long as the sequence does. */
final class CarriedOutputs implements StepOutputs {
  private final StepPredictor predictor;

  CarriedOutputs(StepPredictor predictor) {
    this.predictor = predictor;
  }

  @Override
  public Computed of(Sequence steps, int from, long before, byte[] network) {
    PredictorState state = predictor.newState(steps.statics());
    if (network.length > 0) {
      state.restore(network);
    }
    int width = steps.width();
    int categories = steps.categoryWidth();
    List<double[]> outputs = new ArrayList<>();
    for (int t = from; t < steps.length(); t++) {
      double[] features = Arrays.copyOfRange(steps.features(), t * width, (t + 1) * width);
      int[] ids = Arrays.copyOfRange(steps.categories(), t * categories, (t + 1) * categories);
      double[] answer = new double[predictor.outputs()];
      predictor.step(features, ids, state, answer);
      outputs.add(answer);
    }
    return new Computed(outputs, state.toBytes());
  }

  @Override
  public int context() {
    return 0;
  }
}
