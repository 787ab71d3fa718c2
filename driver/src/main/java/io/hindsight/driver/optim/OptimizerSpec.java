package io.hindsight.driver.optim;

/** An update rule and its constants, to PyTorch's definitions. */
public sealed interface OptimizerSpec {
  /**
   * Stochastic gradient descent.
   *
   * @param momentum μ of v ← μv + (1 − dampening)·g, with v = g at the first step; 0 is plain
   *     descent
   * @param dampening see momentum
   * @param nesterov whether the step is g + μv
   * @param weightDecay L2: added to the gradient as weightDecay·w
   */
  record Sgd(double momentum, double dampening, boolean nesterov, double weightDecay)
      implements OptimizerSpec {}

  /**
   * RMSProp.
   *
   * @param alpha decay of the mean square
   * @param epsilon added outside the square root
   * @param centered whether the squared mean gradient is subtracted
   * @param momentum of the scaled step
   * @param weightDecay L2
   */
  record RmsProp(
      double alpha, double epsilon, boolean centered, double momentum, double weightDecay)
      implements OptimizerSpec {}

  /**
   * AdaGrad.
   *
   * @param learningRateDecay rate / (1 + (step − 1)·decay)
   * @param initialAccumulator initial sum of squares
   * @param epsilon added outside the square root
   * @param weightDecay L2
   */
  record AdaGrad(
      double learningRateDecay, double initialAccumulator, double epsilon, double weightDecay)
      implements OptimizerSpec {}

  /**
   * Adam, with its variants AMSGrad, L2 and AdamW.
   *
   * @param beta1 decay of the mean
   * @param beta2 decay of the mean square
   * @param epsilon added outside the square root, after bias correction
   * @param amsgrad whether the largest mean square so far is used
   * @param weightDecay L2, or the decoupled decay
   * @param decoupled whether weights are decayed before the update instead (AdamW)
   */
  record Adam(
      double beta1,
      double beta2,
      double epsilon,
      boolean amsgrad,
      double weightDecay,
      boolean decoupled)
      implements OptimizerSpec {}
}
