package io.hindsight.driver.optim;

/** An update rule and its constants, to PyTorch's definitions and with its defaults. */
public sealed interface OptimizerSpec {
  /** By how much weights decay: L2, or the decoupled decay. */
  double weightDecay();

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
      implements OptimizerSpec {
    /** Plain descent. */
    public static final Sgd DEFAULT = new Sgd(0, 0, false, 0);
  }

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
      implements OptimizerSpec {
    /** What is used where nothing is said. */
    public static final RmsProp DEFAULT = new RmsProp(0.99, 1e-8, false, 0, 0);
  }

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
      implements OptimizerSpec {
    /** What is used where nothing is said. */
    public static final AdaGrad DEFAULT = new AdaGrad(0, 0, 1e-10, 0);
  }

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
      implements OptimizerSpec {
    /** What is used for Adam where nothing is said. */
    public static final Adam DEFAULT = new Adam(0.9, 0.999, 1e-8, false, 0, false);

    /** What is used for AdamW where nothing is said. */
    public static final Adam DEFAULT_DECOUPLED = new Adam(0.9, 0.999, 1e-8, false, 1e-2, true);
  }
}
