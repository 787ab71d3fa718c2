package io.hindsight.kernels.math;

/**
 * The passes of the output losses over a lane block {@code (O, 8)}: lanes never meet, and sums over
 * o run from 0 up.
 *
 * <p>exp and softplus are the operations of {@link ScalarMath}; every implementation gives the same
 * bits, except which NaN a NaN is.
 */
public interface LossOps {
  /**
   * z = e^(z − m) / Σ e^(z − m) with m = max z.
   *
   * @param z (O, 8), from {@code from}
   * @param max (8), set to m, as by {@link Math#max(double, double)}
   * @param sum (8), set to Σ e^(z − m)
   */
  void softmax(int outputs, double[] z, int from, double[] max, double[] sum);

  /**
   * Σ (z − τ)² by FMA.
   *
   * @param z (O, 8), from {@code from}
   * @param targets τ (O, 8), from 0
   * @param sum (8), set
   */
  void squaredError(int outputs, double[] z, int from, double[] targets, double[] sum);

  /**
   * Σ softplus(z) − τz: the cross-entropy of σ(z) against τ.
   *
   * @param z (O, 8), from {@code from}
   * @param targets τ (O, 8), from 0
   * @param sum (8), set
   */
  void binaryCrossEntropy(int outputs, double[] z, int from, double[] targets, double[] sum);

  /**
   * y = factor·(y − τ) / O: the derivative of both, by the logits and divided by O.
   *
   * @param y (O, 8), from {@code from}
   * @param targets τ (O, 8), from 0
   */
  void scaledError(int outputs, double factor, double[] y, int from, double[] targets);
}
