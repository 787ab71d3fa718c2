package io.hindsight.kernels.serving;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;

/** Reads the steps of a window, one after the other, into a state. */
final class StepReader {
  private final LaneNetwork network;
  private final Window window;
  private final PredictorState state;
  private final double[] features; // of a step // (I)
  private final int[] categories; // (J)

  StepReader(LaneNetwork network, Window window, PredictorState state) {
    this.network = network;
    this.window = window;
    this.state = state;
    features = new double[window.sequence().isTokens() ? 0 : window.sequence().width()];
    categories = new int[window.sequence().categoryWidth()];
  }

  /** Reads a step of the window. */
  void read(int step, StepScratch room) {
    Sequence sequence = window.sequence();
    int at = window.start() + step;
    if (sequence.isTokens()) {
      int token = sequence.tokens()[at];
      network.input().check(token);
      network.read(token, state, room);
      return;
    }
    System.arraycopy(sequence.features(), at * features.length, features, 0, features.length);
    System.arraycopy(
        sequence.categories(), at * categories.length, categories, 0, categories.length);
    network.input().check(features, categories);
    network.read(features, categories, state, room);
  }
}
