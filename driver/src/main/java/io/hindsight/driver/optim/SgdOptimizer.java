package io.hindsight.driver.optim;

import java.util.Map;
import java.util.SortedMap;

/**
 * Stochastic gradient descent: g ← g + λw, v ← μv + (1 − dampening)·g (v = g at the first step), w
 * ← w − η·v; with Nesterov w ← w − η·(g + μv), and without momentum w ← w − η·g.
 */
public final class SgdOptimizer implements Optimizer {
  private final OptimizerSpec.Sgd spec;
  private final Slots slots;
  private final double[] velocity; // (P); absent without momentum
  private long step;

  SgdOptimizer(OptimizerSpec.Sgd spec, int parameters) {
    this.spec = spec;
    slots = new Slots(parameters);
    velocity = spec.momentum() == 0 ? null : slots.add("momentum_buffer");
  }

  @Override
  public void update(double[] weights, double[] gradient, double factor, double learningRate) {
    slots.require(weights, gradient);
    if (velocity == null) {
      plain(weights, gradient, factor, learningRate);
    } else if (spec.nesterov()) {
      nesterov(weights, gradient, factor, learningRate);
    } else {
      momentum(weights, gradient, factor, learningRate);
    }
    step++;
  }

  private void plain(double[] weights, double[] gradient, double factor, double learningRate) {
    double decay = spec.weightDecay();
    for (int i = 0; i < weights.length; i++) {
      double g = gradient[i] * factor + decay * weights[i];
      weights[i] -= learningRate * g;
    }
  }

  private void momentum(double[] weights, double[] gradient, double factor, double learningRate) {
    double[] v = velocity;
    double decay = spec.weightDecay();
    double momentum = spec.momentum();
    double share = share();
    for (int i = 0; i < weights.length; i++) {
      double g = gradient[i] * factor + decay * weights[i];
      double next = momentum * v[i] + share * g;
      v[i] = next;
      weights[i] -= learningRate * next;
    }
  }

  private void nesterov(double[] weights, double[] gradient, double factor, double learningRate) {
    double[] v = velocity;
    double decay = spec.weightDecay();
    double momentum = spec.momentum();
    double share = share();
    for (int i = 0; i < weights.length; i++) {
      double g = gradient[i] * factor + decay * weights[i];
      double next = momentum * v[i] + share * g;
      v[i] = next;
      weights[i] -= learningRate * (g + momentum * next);
    }
  }

  /** The gradient's share in v; undampened at the first step, as PyTorch has it. */
  private double share() {
    return step == 0 ? 1.0 : 1.0 - spec.dampening();
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
