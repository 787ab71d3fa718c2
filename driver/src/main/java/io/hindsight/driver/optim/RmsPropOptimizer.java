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
  public void update(double[] weights, double[] gradient, double factor, double learningRate) {
    slots.require(weights, gradient);
    if (mean == null && velocity == null) {
      plain(weights, gradient, factor, learningRate);
    } else if (mean == null) {
      momentum(weights, gradient, factor, learningRate);
    } else if (velocity == null) {
      centered(weights, gradient, factor, learningRate);
    } else {
      centeredMomentum(weights, gradient, factor, learningRate);
    }
    step++;
  }

  private void plain(double[] weights, double[] gradient, double factor, double learningRate) {
    double[] s = square;
    double decay = spec.weightDecay();
    double keep = spec.alpha();
    double share = 1.0 - keep;
    double epsilon = spec.epsilon();
    for (int i = 0; i < weights.length; i++) {
      double g = gradient[i] * factor + decay * weights[i];
      double next = keep * s[i] + share * g * g;
      s[i] = next;
      weights[i] -= learningRate * g / (Math.sqrt(next) + epsilon);
    }
  }

  private void momentum(double[] weights, double[] gradient, double factor, double learningRate) {
    double[] s = square;
    double[] v = velocity;
    double decay = spec.weightDecay();
    double keep = spec.alpha();
    double share = 1.0 - keep;
    double epsilon = spec.epsilon();
    double momentum = spec.momentum();
    for (int i = 0; i < weights.length; i++) {
      double g = gradient[i] * factor + decay * weights[i];
      double next = keep * s[i] + share * g * g;
      s[i] = next;
      double speed = momentum * v[i] + g / (Math.sqrt(next) + epsilon);
      v[i] = speed;
      weights[i] -= learningRate * speed;
    }
  }

  private void centered(double[] weights, double[] gradient, double factor, double learningRate) {
    double[] s = square;
    double[] m = mean;
    double decay = spec.weightDecay();
    double keep = spec.alpha();
    double share = 1.0 - keep;
    double epsilon = spec.epsilon();
    for (int i = 0; i < weights.length; i++) {
      double g = gradient[i] * factor + decay * weights[i];
      double nextS = keep * s[i] + share * g * g;
      double nextM = keep * m[i] + share * g;
      s[i] = nextS;
      m[i] = nextM;
      weights[i] -= learningRate * g / (deviation(nextS, nextM) + epsilon);
    }
  }

  /** Two loops: one would be too long for the compiler to make vector code of it. */
  private void centeredMomentum(
      double[] weights, double[] gradient, double factor, double learningRate) {
    average(weights, gradient, factor);
    double[] s = square;
    double[] m = mean;
    double[] v = velocity;
    double decay = spec.weightDecay();
    double epsilon = spec.epsilon();
    double momentum = spec.momentum();
    for (int i = 0; i < weights.length; i++) {
      double g = gradient[i] * factor + decay * weights[i];
      double speed = momentum * v[i] + g / (deviation(s[i], m[i]) + epsilon);
      v[i] = speed;
      weights[i] -= learningRate * speed;
    }
  }

  private void average(double[] weights, double[] gradient, double factor) {
    double[] s = square;
    double[] m = mean;
    double decay = spec.weightDecay();
    double keep = spec.alpha();
    double share = 1.0 - keep;
    for (int i = 0; i < weights.length; i++) {
      double g = gradient[i] * factor + decay * weights[i];
      s[i] = keep * s[i] + share * g * g;
      m[i] = keep * m[i] + share * g;
    }
  }

  /** Rounding may leave a variance just below zero, where PyTorch would yield NaN; 0 is meant. */
  private static double deviation(double square, double mean) {
    return Math.sqrt(Math.max(0.0, square - mean * mean));
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
