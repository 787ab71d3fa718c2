package io.hindsight.driver.optim;

/**
 * Stochastic gradient descent: g ← g + λw, v ← μv + (1 − dampening)·g (v = g at the first step), w
 * ← w − η·v; with Nesterov w ← w − η·(g + μv), and without momentum w ← w − η·g.
 */
public final class SgdOptimizer extends Optimizer {
  private final OptimizerSpec.Sgd spec;
  private final double[] velocity; // (P); absent without momentum
  private double learningRate;
  private double share; // of the gradient in v

  SgdOptimizer(OptimizerSpec.Sgd spec, int parameters) {
    super(parameters, spec.weightDecay());
    this.spec = spec;
    velocity = spec.momentum() == 0 ? null : addSlot("momentum_buffer");
  }

  /** At the first step v is undampened, as PyTorch has it. */
  @Override
  void begin(long made, double rate) {
    learningRate = rate;
    share = made == 0 ? 1.0 : 1.0 - spec.dampening();
  }

  @Override
  void updateRange(
      double[] weights, double[] gradient, int from, int end, double factor, double decay) {
    if (velocity == null) {
      plain(weights, gradient, from, end, factor, decay);
    } else if (spec.nesterov()) {
      nesterov(weights, gradient, from, end, factor, decay);
    } else {
      momentum(weights, gradient, from, end, factor, decay);
    }
  }

  private void plain(
      double[] weights, double[] gradient, int from, int end, double factor, double decay) {
    double rate = learningRate;
    for (int i = from; i < end; i++) {
      double g = gradient[i] * factor + decay * weights[i];
      weights[i] -= rate * g;
    }
  }

  private void momentum(
      double[] weights, double[] gradient, int from, int end, double factor, double decay) {
    double[] v = velocity;
    double momentum = spec.momentum();
    double ofGradient = share;
    double rate = learningRate;
    for (int i = from; i < end; i++) {
      double g = gradient[i] * factor + decay * weights[i];
      double next = momentum * v[i] + ofGradient * g;
      v[i] = next;
      weights[i] -= rate * next;
    }
  }

  private void nesterov(
      double[] weights, double[] gradient, int from, int end, double factor, double decay) {
    double[] v = velocity;
    double momentum = spec.momentum();
    double ofGradient = share;
    double rate = learningRate;
    for (int i = from; i < end; i++) {
      double g = gradient[i] * factor + decay * weights[i];
      double next = momentum * v[i] + ofGradient * g;
      v[i] = next;
      weights[i] -= rate * (g + momentum * next);
    }
  }
}
