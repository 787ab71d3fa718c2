package io.hindsight.driver.optim;

import java.util.Map;
import java.util.SortedMap;

/**
 * Adam: g ← g + λw, m ← β₁m + (1 − β₁)·g, v ← β₂v + (1 − β₂)·g², w ← w − η/(1 − β₁ⁿ) · m / (√v/√(1
 * − β₂ⁿ) + ε) at update n, counted from 1.
 *
 * <p>AMSGrad takes the largest v so far. AdamW leaves g alone and first shrinks the weights by 1 −
 * ηλ. The powers β₁ⁿ and β₂ⁿ are running products, n multiplications in all, so that no library's
 * pow decides the bits; restoring a state repeats the same products.
 */
public final class AdamOptimizer implements Optimizer {
  private final OptimizerSpec.Adam spec;
  private final Slots slots;
  private final double[] mean; // (P), m
  private final double[] square; // (P), v
  private final double[] largest; // (P); absent unless AMSGrad
  private long step;
  private double beta1Power = 1;
  private double beta2Power = 1;

  AdamOptimizer(OptimizerSpec.Adam spec, int parameters) {
    this.spec = spec;
    slots = new Slots(parameters);
    mean = slots.add("exp_avg");
    square = slots.add("exp_avg_sq");
    largest = spec.amsgrad() ? slots.add("max_exp_avg_sq") : null;
  }

  @Override
  public void update(double[] weights, double[] gradient, double factor, double learningRate) {
    slots.require(weights, gradient);
    step++;
    beta1Power *= spec.beta1();
    beta2Power *= spec.beta2();
    double keep = spec.decoupled() ? 1.0 - learningRate * spec.weightDecay() : 1.0;
    double stepSize = learningRate / (1.0 - beta1Power);
    if (largest == null) {
      plain(weights, gradient, factor, keep, stepSize);
    } else {
      amsgrad(weights, gradient, factor, keep, stepSize);
    }
  }

  private void plain(
      double[] weights, double[] gradient, double factor, double keep, double stepSize) {
    double[] m = mean;
    double[] v = square;
    double decay = spec.decoupled() ? 0.0 : spec.weightDecay();
    double beta1 = spec.beta1();
    double beta2 = spec.beta2();
    double correction = Math.sqrt(1.0 - beta2Power);
    double epsilon = spec.epsilon();
    for (int i = 0; i < weights.length; i++) {
      double w = weights[i] * keep;
      double g = gradient[i] * factor + decay * w;
      double nextM = beta1 * m[i] + (1.0 - beta1) * g;
      double nextV = beta2 * v[i] + (1.0 - beta2) * g * g;
      m[i] = nextM;
      v[i] = nextV;
      weights[i] = w - stepSize * nextM / (Math.sqrt(nextV) / correction + epsilon);
    }
  }

  private void amsgrad(
      double[] weights, double[] gradient, double factor, double keep, double stepSize) {
    double[] m = mean;
    double[] v = square;
    double[] top = largest;
    double decay = spec.decoupled() ? 0.0 : spec.weightDecay();
    double beta1 = spec.beta1();
    double beta2 = spec.beta2();
    double correction = Math.sqrt(1.0 - beta2Power);
    double epsilon = spec.epsilon();
    for (int i = 0; i < weights.length; i++) {
      double w = weights[i] * keep;
      double g = gradient[i] * factor + decay * w;
      double nextM = beta1 * m[i] + (1.0 - beta1) * g;
      double nextV = beta2 * v[i] + (1.0 - beta2) * g * g;
      double nextTop = Math.max(top[i], nextV);
      m[i] = nextM;
      v[i] = nextV;
      top[i] = nextTop;
      weights[i] = w - stepSize * nextM / (Math.sqrt(nextTop) / correction + epsilon);
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
    beta1Power = runningPower(spec.beta1(), savedStep);
    beta2Power = runningPower(spec.beta2(), savedStep);
  }

  /** The running product after n updates; it stops where another factor changes nothing. */
  private static double runningPower(double beta, long n) {
    double power = 1;
    for (long i = 0; i < n; i++) {
      double next = power * beta;
      if (next == power) {
        return power;
      }
      power = next;
    }
    return power;
  }
}
