package io.hindsight.driver.optim;

import java.util.Map;
import java.util.SortedMap;

/**
 * RMSProp: g ← g + λw, s ← αs + (1 − α)·g², u = g / (√s + ε), w ← w − η·u.
 *
 * <p>Centred, m ← αm + (1 − α)·g and the root is of s − m². With momentum, v ← μv + u and w ← w −
 * η·v.
 */
public final class RmsPropOptimizer implements Optimizer {
  private final OptimizerSpec.RmsProp spec;
  private final Slots slots;
  private final double[] square; // (P)
  private final double[] mean; // (P); absent unless centred
  private final double[] velocity; // (P); absent without momentum
  private long step;

  RmsPropOptimizer(OptimizerSpec.RmsProp spec, int parameters) {
    this.spec = spec;
    slots = new Slots(parameters);
    square = slots.add("square_avg");
    mean = spec.centered() ? slots.add("grad_avg") : null;
    velocity = spec.momentum() == 0 ? null : slots.add("momentum_buffer");
  }

  @Override
  public void update(double[] weights, double[] gradient, double learningRate) {
    slots.require(weights, gradient);
    average(weights, gradient);
    if (mean == null) {
      applyPlain(weights, gradient, learningRate);
    } else {
      averageMean(weights, gradient);
      applyCentered(weights, gradient, learningRate);
    }
    step++;
  }

  private void average(double[] weights, double[] gradient) {
    double decay = spec.weightDecay();
    double keep = spec.alpha();
    double share = 1.0 - keep;
    for (int i = 0; i < weights.length; i++) {
      double g = gradient[i] + decay * weights[i];
      square[i] = keep * square[i] + share * g * g;
    }
  }

  private void averageMean(double[] weights, double[] gradient) {
    double decay = spec.weightDecay();
    double keep = spec.alpha();
    double share = 1.0 - keep;
    for (int i = 0; i < weights.length; i++) {
      mean[i] = keep * mean[i] + share * (gradient[i] + decay * weights[i]);
    }
  }

  private void applyPlain(double[] weights, double[] gradient, double learningRate) {
    double decay = spec.weightDecay();
    double epsilon = spec.epsilon();
    if (velocity == null) {
      for (int i = 0; i < weights.length; i++) {
        double g = gradient[i] + decay * weights[i];
        weights[i] -= learningRate * g / (Math.sqrt(square[i]) + epsilon);
      }
      return;
    }
    double momentum = spec.momentum();
    for (int i = 0; i < weights.length; i++) {
      double g = gradient[i] + decay * weights[i];
      velocity[i] = momentum * velocity[i] + g / (Math.sqrt(square[i]) + epsilon);
      weights[i] -= learningRate * velocity[i];
    }
  }

  /** Rounding may leave a variance just below zero, where PyTorch would yield NaN; 0 is meant. */
  private void applyCentered(double[] weights, double[] gradient, double learningRate) {
    double decay = spec.weightDecay();
    double epsilon = spec.epsilon();
    if (velocity == null) {
      for (int i = 0; i < weights.length; i++) {
        double g = gradient[i] + decay * weights[i];
        double variance = Math.max(0.0, square[i] - mean[i] * mean[i]);
        weights[i] -= learningRate * g / (Math.sqrt(variance) + epsilon);
      }
      return;
    }
    double momentum = spec.momentum();
    for (int i = 0; i < weights.length; i++) {
      double g = gradient[i] + decay * weights[i];
      double variance = Math.max(0.0, square[i] - mean[i] * mean[i]);
      velocity[i] = momentum * velocity[i] + g / (Math.sqrt(variance) + epsilon);
      weights[i] -= learningRate * velocity[i];
    }
  }

  @Override
  public long step() {
    return step;
  }

  @Override
  public SortedMap<String, double[]> slots() {
    return slots.view();
  }

  @Override
  public void restore(long savedStep, Map<String, double[]> saved) {
    Slots.requireStep(savedStep);
    slots.restore(saved);
    step = savedStep;
  }
}
