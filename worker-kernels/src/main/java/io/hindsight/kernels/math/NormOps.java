package io.hindsight.kernels.math;

/**
 * Layer normalisation of one panel (Ba, Kiros and Hinton: <i>Layer Normalization</i>, 2016): each
 * lane is a vector v of n rows, v̂ = (v − mean)/√(var + ε), var being divided by n.
 *
 * <p>Every implementation gives the same bits: rows are added ascending, each fourth to one of four
 * sums s, those past the last whole four to s0; the result is (s0 + s1) + (s2 + s3). Lanes never
 * meet.
 */
public interface NormOps {
  /** ε. */
  double EPSILON = 1e-5;

  /**
   * v̂ in the place of v; y = bias + gain∘v̂.
   *
   * @param gain (n)
   * @param bias (n), from 0; more is not read
   * @param y (n, 8) from {@code yFrom}
   */
  void normalize(Normalized v, int panel, double[] gain, double[] bias, double[] y, int yFrom);

  /**
   * v̂ in the place of v; y += gain∘v̂.
   *
   * @param gain (n)
   * @param y (n, 8) from {@code yFrom}
   */
  void addNormalized(Normalized v, int panel, double[] gain, double[] y, int yFrom);

  /**
   * Of either: dgain += dy∘v̂, lane by lane; with g = gain∘dy, dv = (g − mean(g) −
   * v̂∘mean(g∘v̂))/√(var + ε).
   *
   * @param gain (n)
   * @param dy (n, 8) from {@code dyFrom}
   * @param dv (n, 8) from {@code dvFrom}: may be in the place of v̂ or of dy
   */
  void normalizeBackward(
      Normalized v,
      int panel,
      int block,
      double[] gain,
      double[] dy,
      int dyFrom,
      double[] dv,
      int dvFrom);
}
