package io.hindsight.driver.optim;

/**
 * RMSProp: g ← g + λw, s ← αs + (1 − α)·g², u = g / (√s + ε), w ← w − η·u.
 *
 * <p>Centred, m ← αm + (1 − α)·g and the root is of s − m². With momentum, v ← μv + u and w ← w −
 * η·v.
 */
public final class RmsPropOptimizer extends Optimizer {
  private final OptimizerSpec.RmsProp spec;
  private final double[] square; // (P)
  private final double[] mean; // (P); absent unless centred
  private final double[] velocity; // (P); absent without momentum
  private double learningRate; // of the present update

  RmsPropOptimizer(OptimizerSpec.RmsProp spec, int parameters) {
    super(parameters, spec.weightDecay());
    this.spec = spec;
    square = addSlot("square_avg");
    mean = spec.centered() ? addSlot("grad_avg") : null;
    velocity = spec.momentum() == 0 ? null : addSlot("momentum_buffer");
  }

  @Override
  void begin(long made, double rate) {
    learningRate = rate;
  }

  @Override
  void updateRange(
      double[] weights, double[] gradient, int from, int end, double factor, double decay) {
    if (mean == null && velocity == null) {
      plain(weights, gradient, from, end, factor, decay);
    } else if (mean == null) {
      momentum(weights, gradient, from, end, factor, decay);
    } else if (velocity == null) {
      centered(weights, gradient, from, end, factor, decay);
    } else {
      centeredMomentum(weights, gradient, from, end, factor, decay);
    }
  }

  private void plain(
      double[] weights, double[] gradient, int from, int end, double factor, double decay) {
    double[] s = square;
    double keep = spec.alpha();
    double share = 1.0 - keep;
    double epsilon = spec.epsilon();
    double rate = learningRate;
    for (int i = from; i < end; i++) {
      double g = gradient[i] * factor + decay * weights[i];
      double next = keep * s[i] + share * g * g;
      s[i] = next;
      weights[i] -= rate * g / (Math.sqrt(next) + epsilon);
    }
  }

  private void momentum(
      double[] weights, double[] gradient, int from, int end, double factor, double decay) {
    double[] s = square;
    double[] v = velocity;
    double keep = spec.alpha();
    double share = 1.0 - keep;
    double epsilon = spec.epsilon();
    double rate = learningRate;
    double momentum = spec.momentum();
    for (int i = from; i < end; i++) {
      double g = gradient[i] * factor + decay * weights[i];
      double next = keep * s[i] + share * g * g;
      s[i] = next;
      double speed = momentum * v[i] + g / (Math.sqrt(next) + epsilon);
      v[i] = speed;
      weights[i] -= rate * speed;
    }
  }

  private void centered(
      double[] weights, double[] gradient, int from, int end, double factor, double decay) {
    double[] s = square;
    double[] m = mean;
    double keep = spec.alpha();
    double share = 1.0 - keep;
    double epsilon = spec.epsilon();
    double rate = learningRate;
    for (int i = from; i < end; i++) {
      double g = gradient[i] * factor + decay * weights[i];
      double nextS = keep * s[i] + share * g * g;
      double nextM = keep * m[i] + share * g;
      s[i] = nextS;
      m[i] = nextM;
      weights[i] -= rate * g / (deviation(nextS, nextM) + epsilon);
    }
  }

  /** Two loops: one would be too long for the compiler to make vector code of it. */
  private void centeredMomentum(
      double[] weights, double[] gradient, int from, int end, double factor, double decay) {
    average(weights, gradient, from, end, factor, decay);
    double[] s = square;
    double[] m = mean;
    double[] v = velocity;
    double epsilon = spec.epsilon();
    double rate = learningRate;
    double momentum = spec.momentum();
    for (int i = from; i < end; i++) {
      double g = gradient[i] * factor + decay * weights[i];
      double speed = momentum * v[i] + g / (deviation(s[i], m[i]) + epsilon);
      v[i] = speed;
      weights[i] -= rate * speed;
    }
  }

  private void average(
      double[] weights, double[] gradient, int from, int end, double factor, double decay) {
    double[] s = square;
    double[] m = mean;
    double keep = spec.alpha();
    double share = 1.0 - keep;
    for (int i = from; i < end; i++) {
      double g = gradient[i] * factor + decay * weights[i];
      s[i] = keep * s[i] + share * g * g;
      m[i] = keep * m[i] + share * g;
    }
  }

  /** Rounding may leave a variance just below zero, where PyTorch would yield NaN; 0 is meant. */
  private static double deviation(double square, double mean) {
    return Math.sqrt(Math.max(0.0, square - mean * mean));
  }
}
