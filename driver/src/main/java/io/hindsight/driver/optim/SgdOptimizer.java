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
  public void update(double[] weights, double[] gradient, double learningRate) {
    slots.require(weights, gradient);
    if (velocity == null) {
      descend(weights, gradient, learningRate);
    } else {
      accelerate(weights, gradient);
      follow(weights, gradient, learningRate);
    }
    step++;
  }

  private void descend(double[] weights, double[] gradient, double learningRate) {
    double decay = spec.weightDecay();
    for (int i = 0; i < weights.length; i++) {
      weights[i] -= learningRate * (gradient[i] + decay * weights[i]);
    }
  }

  /** v of this step; undampened at the first, as PyTorch has it. */
  private void accelerate(double[] weights, double[] gradient) {
    double decay = spec.weightDecay();
    double momentum = spec.momentum();
    double share = step == 0 ? 1.0 : 1.0 - spec.dampening();
    for (int i = 0; i < weights.length; i++) {
      velocity[i] = momentum * velocity[i] + share * (gradient[i] + decay * weights[i]);
    }
  }

  private void follow(double[] weights, double[] gradient, double learningRate) {
    if (!spec.nesterov()) {
      for (int i = 0; i < weights.length; i++) {
        weights[i] -= learningRate * velocity[i];
      }
      return;
    }
    double decay = spec.weightDecay();
    double momentum = spec.momentum();
    for (int i = 0; i < weights.length; i++) {
      double g = gradient[i] + decay * weights[i];
      weights[i] -= learningRate * (g + momentum * velocity[i]);
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
