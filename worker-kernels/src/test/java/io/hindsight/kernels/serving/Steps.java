package io.hindsight.kernels.serving;

import io.hindsight.kernels.batch.Sequence;
import java.util.Arrays;

/** Sequences read step by step. */
final class Steps {
  private Steps() {}

  /** What is answered at all steps // (T, A). */
  static double[] answers(StepPredictor predictor, PredictorState state, Sequence sequence) {
    return answers(predictor, state, sequence, 0, sequence.length());
  }

  /** What is answered at the steps [from, to). */
  static double[] answers(
      StepPredictor predictor, PredictorState state, Sequence sequence, int from, int to) {
    int size = predictor.outputs();
    double[] all = new double[(to - from) * size];
    double[] answer = new double[size];
    for (int t = from; t < to; t++) {
      step(predictor, state, sequence, t, answer);
      System.arraycopy(answer, 0, all, (t - from) * size, size);
    }
    return all;
  }

  private static void step(
      StepPredictor predictor, PredictorState state, Sequence sequence, int t, double[] answer) {
    if (sequence.isTokens()) {
      predictor.step(sequence.tokens()[t], state, answer);
      return;
    }
    int width = sequence.width();
    double[] features = Arrays.copyOfRange(sequence.features(), t * width, (t + 1) * width);
    int ids = sequence.categoryWidth();
    int[] categories = Arrays.copyOfRange(sequence.categories(), t * ids, (t + 1) * ids);
    predictor.step(features, categories, state, answer);
  }
}
