package io.hindsight.kernels.plain;

import io.hindsight.kernels.network.Activation;

/** Counts the values of one gate that are saturated. */
final class GateCounts {
  private static final double HIGH = 0.95;
  private static final double LOW = 0.05;

  private final String name;
  private final Activation activation;
  private final boolean[] active; // (H), whether a unit was ever above 0
  private long saturated;
  private long values;

  GateCounts(String name, Activation activation, int hidden) {
    this.name = name;
    this.activation = activation;
    active = new boolean[hidden];
  }

  void add(int unit, double value) {
    values++;
    active[unit] |= value > 0;
    if (isSaturated(value)) {
      saturated++;
    }
  }

  private boolean isSaturated(double value) {
    return switch (activation) {
      case TANH -> Math.abs(value) > HIGH;
      case SIGMOID -> value > HIGH || value < LOW;
      case RELU, IDENTITY -> false;
    };
  }

  GateShare share() {
    double share = activation == Activation.RELU ? dead() : (double) saturated / values;
    return new GateShare(name, activation, values == 0 ? 0 : share);
  }

  private double dead() {
    int dead = 0;
    for (boolean unit : active) {
      dead += unit ? 0 : 1;
    }
    return (double) dead / active.length;
  }
}
