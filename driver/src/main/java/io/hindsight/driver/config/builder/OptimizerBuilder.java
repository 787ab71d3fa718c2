package io.hindsight.driver.config.builder;

import io.hindsight.driver.config.yaml.Words;
import io.hindsight.driver.optim.Reach.Decay;
import java.util.Map;

/**
 * The {@code training.optimizer} section. As in YAML, a constant that the type does not have is a
 * mistake, which {@link RunConfigBuilder#build} tells.
 */
public final class OptimizerBuilder {
  private final Keys keys = new Keys();

  private OptimizerBuilder(String type, double learningRate) {
    keys.set("type", type);
    keys.set("learning-rate", learningRate);
  }

  /** Stochastic gradient descent. */
  public static OptimizerBuilder sgd(double learningRate) {
    return new OptimizerBuilder("sgd", learningRate);
  }

  /** RMSProp. */
  public static OptimizerBuilder rmsProp(double learningRate) {
    return new OptimizerBuilder("rmsprop", learningRate);
  }

  /** AdaGrad. */
  public static OptimizerBuilder adaGrad(double learningRate) {
    return new OptimizerBuilder("adagrad", learningRate);
  }

  /** Adam. */
  public static OptimizerBuilder adam(double learningRate) {
    return new OptimizerBuilder("adam", learningRate);
  }

  /** Adam with decoupled weight decay. */
  public static OptimizerBuilder adamW(double learningRate) {
    return new OptimizerBuilder("adamw", learningRate);
  }

  /** L2, or for {@code adamW} the decoupled decay. */
  public OptimizerBuilder weightDecay(double weightDecay) {
    keys.set("weight-decay", weightDecay);
    return this;
  }

  /** Which weights decay. */
  public OptimizerBuilder decay(Decay decay) {
    keys.set("decay", Words.of(decay));
    return this;
  }

  /** Whether of tables only the rows that occur in a minibatch are updated. */
  public OptimizerBuilder sparse(boolean sparse) {
    keys.set("sparse", sparse);
    return this;
  }

  /** Momentum, for {@code sgd} and {@code rmsProp}. */
  public OptimizerBuilder momentum(double momentum) {
    keys.set("momentum", momentum);
    return this;
  }

  /** Dampening of the momentum, for {@code sgd}. */
  public OptimizerBuilder dampening(double dampening) {
    keys.set("dampening", dampening);
    return this;
  }

  /** Whether the step is Nesterov's, for {@code sgd}. */
  public OptimizerBuilder nesterov(boolean nesterov) {
    keys.set("nesterov", nesterov);
    return this;
  }

  /** Decay of the mean square, for {@code rmsProp}. */
  public OptimizerBuilder alpha(double alpha) {
    keys.set("alpha", alpha);
    return this;
  }

  /** Whether the squared mean gradient is subtracted, for {@code rmsProp}. */
  public OptimizerBuilder centered(boolean centered) {
    keys.set("centered", centered);
    return this;
  }

  /** Decay of the rate, for {@code adaGrad}. */
  public OptimizerBuilder learningRateDecay(double learningRateDecay) {
    keys.set("learning-rate-decay", learningRateDecay);
    return this;
  }

  /** Initial sum of squares, for {@code adaGrad}. */
  public OptimizerBuilder initialAccumulator(double initialAccumulator) {
    keys.set("initial-accumulator", initialAccumulator);
    return this;
  }

  /** Decay of the mean, for {@code adam} and {@code adamW}. */
  public OptimizerBuilder beta1(double beta1) {
    keys.set("beta1", beta1);
    return this;
  }

  /** Decay of the mean square, for {@code adam} and {@code adamW}. */
  public OptimizerBuilder beta2(double beta2) {
    keys.set("beta2", beta2);
    return this;
  }

  /** Whether the largest mean square so far is used, for {@code adam} and {@code adamW}. */
  public OptimizerBuilder amsgrad(boolean amsgrad) {
    keys.set("amsgrad", amsgrad);
    return this;
  }

  /** Added outside the square root, for all but {@code sgd}. */
  public OptimizerBuilder epsilon(double epsilon) {
    keys.set("epsilon", epsilon);
    return this;
  }

  Map<String, Object> toMap() {
    return keys.toMap();
  }
}
