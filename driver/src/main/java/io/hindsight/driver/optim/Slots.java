package io.hindsight.driver.optim;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The named arrays of an optimizer's state, each as long as the parameters. */
final class Slots {
  private final int parameters; // P
  private final SortedMap<String, double[]> arrays = new TreeMap<>();

  Slots(int parameters) {
    this.parameters = parameters;
  }

  /** A new slot of zeros // (P). */
  double[] add(String name) {
    double[] slot = new double[parameters];
    arrays.put(name, slot);
    return slot;
  }

  SortedMap<String, double[]> view() {
    return Collections.unmodifiableSortedMap(arrays);
  }

  /** Copies saved arrays into the slots, which must be the same ones. */
  void restore(Map<String, double[]> saved) {
    if (!saved.keySet().equals(arrays.keySet())) {
      throw new IllegalArgumentException(
          "the saved optimizer has the slots %s, but this one has %s; resume with the optimizer the run was started with"
              .formatted(new TreeMap<>(saved).keySet(), arrays.keySet()));
    }
    arrays.forEach((name, slot) -> copy(name, saved.get(name), slot));
  }

  private void copy(String name, double[] saved, double[] slot) {
    if (saved.length != slot.length) {
      throw new IllegalArgumentException(
          "the saved optimizer slot '%s' has %d elements, but the network has %d parameters"
              .formatted(name, saved.length, slot.length));
    }
    System.arraycopy(saved, 0, slot, 0, slot.length);
  }

  /** Requires weights and gradient to have P elements, before a loop relies on it. */
  void require(double[] weights, double[] gradient) {
    if (weights.length != parameters || gradient.length != parameters) {
      throw new IllegalArgumentException(
          "the optimizer holds the state of %d parameters, but got %d weights and a gradient of %d"
              .formatted(parameters, weights.length, gradient.length));
    }
  }

  static void requireStep(long step) {
    if (step < 0) {
      throw new IllegalArgumentException(
          "an optimizer's step must not be negative, but is " + step);
    }
  }
}
