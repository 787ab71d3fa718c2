package io.hindsight.driver.optim;

/**
 * Adam: g ← g + λw, m ← β₁m + (1 − β₁)·g, v ← β₂v + (1 − β₂)·g², w ← w − η/(1 − β₁ⁿ) · m / (√v/√(1
 * − β₂ⁿ) + ε) at update n, counted from 1.
 *
 * <p>AMSGrad takes the largest v so far. AdamW leaves g alone and first shrinks the weights by 1 −
 * ηλ. The powers β₁ⁿ and β₂ⁿ are running products, n multiplications in all, so that no library's
 * pow decides the bits; restoring a state repeats the same products.
 */
public final class AdamOptimizer extends Optimizer {
  private final OptimizerSpec.Adam spec;
  private final double[] mean; // (P), m
  private final double[] square; // (P), v
  private final double[] largest; // (P); absent unless AMSGrad
  private double learningRate; // of the present update
  private double stepSize; // the same, corrected
  private double beta1Power = 1;
  private double beta2Power = 1;

  AdamOptimizer(OptimizerSpec.Adam spec, int parameters) {
    super(parameters, spec.weightDecay());
    this.spec = spec;
    mean = addSlot("exp_avg");
    square = addSlot("exp_avg_sq");
    largest = spec.amsgrad() ? addSlot("max_exp_avg_sq") : null;
  }

  @Override
  void begin(long made, double rate) {
    learningRate = rate;
    beta1Power *= spec.beta1();
    beta2Power *= spec.beta2();
    stepSize = rate / (1.0 - beta1Power);
  }

  @Override
  void updateRange(
      double[] weights, double[] gradient, int from, int end, double factor, double decay) {
    double keep = spec.decoupled() ? 1.0 - learningRate * decay : 1.0;
    double l2 = spec.decoupled() ? 0.0 : decay;
    if (largest == null) {
      plain(weights, gradient, from, end, factor, keep, l2);
    } else {
      amsgrad(weights, gradient, from, end, factor, keep, l2);
    }
  }

  private void plain(
      double[] weights,
      double[] gradient,
      int from,
      int end,
      double factor,
      double keep,
      double decay) {
    double[] m = mean;
    double[] v = square;
    double rate = stepSize;
    double beta1 = spec.beta1();
    double beta2 = spec.beta2();
    double correction = Math.sqrt(1.0 - beta2Power);
    double epsilon = spec.epsilon();
    for (int i = from; i < end; i++) {
      double w = weights[i] * keep;
      double g = gradient[i] * factor + decay * w;
      double nextM = beta1 * m[i] + (1.0 - beta1) * g;
      double nextV = beta2 * v[i] + (1.0 - beta2) * g * g;
      m[i] = nextM;
      v[i] = nextV;
      weights[i] = w - rate * nextM / (Math.sqrt(nextV) / correction + epsilon);
    }
  }

  private void amsgrad(
      double[] weights,
      double[] gradient,
      int from,
      int end,
      double factor,
      double keep,
      double decay) {
    double[] m = mean;
    double[] v = square;
    double[] top = largest;
    double rate = stepSize;
    double beta1 = spec.beta1();
    double beta2 = spec.beta2();
    double correction = Math.sqrt(1.0 - beta2Power);
    double epsilon = spec.epsilon();
    for (int i = from; i < end; i++) {
      double w = weights[i] * keep;
      double g = gradient[i] * factor + decay * w;
      double nextM = beta1 * m[i] + (1.0 - beta1) * g;
      double nextV = beta2 * v[i] + (1.0 - beta2) * g * g;
      double nextTop = Math.max(top[i], nextV);
      m[i] = nextM;
      v[i] = nextV;
      top[i] = nextTop;
      weights[i] = w - rate * nextM / (Math.sqrt(nextTop) / correction + epsilon);
    }
  }

  @Override
  void restored(long savedStep) {
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
