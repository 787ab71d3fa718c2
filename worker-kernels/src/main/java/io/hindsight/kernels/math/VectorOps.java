package io.hindsight.kernels.math;

/**
 * The operations kernels are built from, on one lane block at a time.
 *
 * <p>An activation of a block is {@code (rows, 8)}: row r of lane l at {@code r·8 + l}. Weights are
 * packed as {@link Packing} says. Every implementation gives the same bits: products accumulate by
 * sequential FMA over k for each output, lanes never meet, and exp, tanh, σ and log are the
 * operations of {@link ScalarMath}. Arguments are not checked here; {@code Bptt} does.
 */
public interface VectorOps {
  /** The implementation's name, for logs and metrics. */
  String name();

  /**
   * C (m, 8) += A (m, k) · B (k, 8), for k ascending.
   *
   * @param a packed (m, k)
   * @param b (k, 8)
   * @param c (m, 8)
   */
  void product(int m, int k, double[] a, int aFrom, double[] b, int bFrom, double[] c, int cFrom);

  /**
   * W (m, k) += Σ_lanes D (m, lane) · X (k, lane), for lanes ascending.
   *
   * @param d (m, 8)
   * @param x (k, 8)
   * @param w row-major (m, k)
   */
  void outerProduct(
      int m, int k, double[] d, int dFrom, double[] x, int xFrom, double[] w, int wFrom);

  /** z = σ(z), for {@code count} elements. */
  void sigmoid(double[] z, int from, int count);

  /** y = tanh(z), for {@code count} elements; the arrays may be the same. */
  void tanh(double[] z, int zFrom, double[] y, int yFrom, int count);
}
