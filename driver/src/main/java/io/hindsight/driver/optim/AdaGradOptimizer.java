package io.hindsight.driver.optim;

import java.util.Arrays;

/**
 * AdaGrad: g ← g + λw, s ← s + g², w ← w − η/(1 + n·decay) · g / (√s + ε), where n counts the
 * updates made before.
 */
public final class AdaGradOptimizer extends Optimizer {
  private final OptimizerSpec.AdaGrad spec;
  private final double[] sum; // (P)
  private double rate; // of the present update

  AdaGradOptimizer(OptimizerSpec.AdaGrad spec, int parameters) {
    super(parameters, spec.weightDecay());
    this.spec = spec;
    sum = addSlot("sum");
    Arrays.fill(sum, spec.initialAccumulator());
  }

  @Override
  void begin(long made, double learningRate) {
    rate = learningRate / (1.0 + made * spec.learningRateDecay());
  }

  @Override
  void updateRange(
      double[] weights, double[] gradient, int from, int end, double factor, double decay) {
    double[] s = sum;
    double stepSize = rate;
    double epsilon = spec.epsilon();
    for (int i = from; i < end; i++) {
      double g = gradient[i] * factor + decay * weights[i];
      double next = s[i] + g * g;
      s[i] = next;
      weights[i] -= stepSize * g / (Math.sqrt(next) + epsilon);
    }
  }
}
