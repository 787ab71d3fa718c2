package io.hindsight.driver.train;

import io.hindsight.kernels.parallel.RangeLoop;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Weights and optimizer as they were before an update, in arrays that are used again. */
final class StateBefore {
  private final TrainingState state;
  private final RangeLoop loop;
  private final double[] weights; // (P)
  private final SortedMap<String, double[]> slots = new TreeMap<>(); // each (P)
  private long optimizerStep;

  StateBefore(TrainingState state, RangeLoop loop) {
    this.state = state;
    this.loop = loop;
    weights = new double[state.parameters().values().length];
    state.optimizer().slots().forEach((name, live) -> slots.put(name, new double[live.length]));
  }

  /** Copies both. */
  void take() {
    copy(state.parameters().values(), weights);
    for (Map.Entry<String, double[]> live : state.optimizer().slots().entrySet()) {
      copy(live.getValue(), slots.get(live.getKey()));
    }
    optimizerStep = state.optimizer().step();
  }

  private void copy(double[] from, double[] to) {
    loop.run(from.length, (first, end) -> System.arraycopy(from, first, to, first, end - first));
  }

  /** Puts back what was copied last. */
  void giveBack() {
    copy(weights, state.parameters().values());
    state.optimizer().restore(optimizerStep, slots);
  }
}
