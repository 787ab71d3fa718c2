package io.hindsight.driver.optim;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;

/**
 * AdaGrad: g ← g + λw, s ← s + g², w ← w − η/(1 + n·decay) · g / (√s + ε), where n counts the
 * updates made before.
 */
public final class AdaGradOptimizer implements Optimizer {
  private final OptimizerSpec.AdaGrad spec;
  private final Slots slots;
  private final double[] sum; // (P)
  private long step;

  AdaGradOptimizer(OptimizerSpec.AdaGrad spec, int parameters) {
    this.spec = spec;
    slots = new Slots(parameters);
    sum = slots.add("sum");
    Arrays.fill(sum, spec.initialAccumulator());
  }

  @Override
  public void update(double[] weights, double[] gradient, double factor, double learningRate) {
    slots.require(weights, gradient);
    double[] s = sum;
    double rate = learningRate / (1.0 + step * spec.learningRateDecay());
    double decay = spec.weightDecay();
    double epsilon = spec.epsilon();
    for (int i = 0; i < weights.length; i++) {
      double g = gradient[i] * factor + decay * weights[i];
      double next = s[i] + g * g;
      s[i] = next;
      weights[i] -= rate * g / (Math.sqrt(next) + epsilon);
    }
    step++;
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
