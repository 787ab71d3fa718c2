package io.hindsight.driver.train;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Weights and optimizer as they were before an update, in arrays that are used again. */
final class StateBefore {
  private final TrainingState state;
  private final double[] weights; // (P)
  private final SortedMap<String, double[]> slots = new TreeMap<>(); // each (P)
  private long optimizerStep;

  StateBefore(TrainingState state) {
    this.state = state;
    weights = new double[state.parameters().values().length];
    state.optimizer().slots().forEach((name, live) -> slots.put(name, new double[live.length]));
  }

  /** Copies both. */
  void take() {
    System.arraycopy(state.parameters().values(), 0, weights, 0, weights.length);
    for (Map.Entry<String, double[]> live : state.optimizer().slots().entrySet()) {
      System.arraycopy(live.getValue(), 0, slots.get(live.getKey()), 0, live.getValue().length);
    }
    optimizerStep = state.optimizer().step();
  }

  /** Puts back what was copied last. */
  void giveBack() {
    System.arraycopy(weights, 0, state.parameters().values(), 0, weights.length);
    state.optimizer().restore(optimizerStep, slots);
  }
}
