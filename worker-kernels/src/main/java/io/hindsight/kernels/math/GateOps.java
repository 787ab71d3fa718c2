package io.hindsight.kernels.math;

/**
 * The element-wise passes of the cells over n = H·8 neighbouring elements, each the vector form of
 * one equation and of its derivative.
 *
 * <p>exp, tanh and σ are the operations of {@link ScalarMath}; every implementation gives the same
 * bits. {@code gates} of a layer are pieces of n elements, each {@code stride} behind the one
 * before: consecutive, or some units of each.
 */
public interface GateOps {
  /** z = σ(z). */
  void sigmoid(int n, double[] z, int from);

  /** y = tanh(z); the arrays may be the same. */
  void tanh(int n, double[] z, int zFrom, double[] y, int yFrom);

  /** dz = dh∘(1 − h²) into {@code h}: the derivative of {@link #tanh}. */
  void tanhBackward(int n, double[] h, int hFrom, double[] dh, int dhFrom);

  /** dz = dh∘h∘(1 − h) into {@code h}: the derivative of {@link #sigmoid}. */
  void sigmoidBackward(int n, double[] h, int hFrom, double[] dh, int dhFrom);

  /**
   * c_t = f∘c_{t−1} + i∘g.
   *
   * @param gates i, f, g from {@code gatesFrom}
   * @param before where c_{t−1} is in {@code c}
   * @param after where c_t goes in {@code c}
   */
  void lstmCell(
      int n, int stride, double[] gates, int gatesFrom, double[] c, int before, int after);

  /**
   * h_t = o∘tanh(c_t).
   *
   * @param gates o from {@code o}
   */
  void lstmHidden(int n, double[] gates, int o, double[] tanhC, int tanhFrom, double[] h, int to);

  /**
   * Of {@link #lstmHidden}: dc_t += dh∘o∘(1 − tanh²c), dz_o = dh∘tanh(c)∘o(1 − o); then of {@link
   * #lstmCell}: dz_i, dz_f, dz_g from dc_t, dc_{t−1} = dc_t∘f. Each dz takes its gate's place.
   *
   * @param gates i, f, g, o from {@code gatesFrom}
   * @param before where c_{t−1} is in {@code c}
   */
  void lstmBackward(
      int n,
      int stride,
      double[] gates,
      int gatesFrom,
      double[] c,
      int before,
      double[] tanhC,
      int tanhFrom,
      double[] dh,
      int dhFrom,
      double[] dc,
      int dcFrom);

  /**
   * Of {@link #lstmHidden} alone, where c is normalised in between: dz_o = dh∘y∘o(1 − o) in the
   * place of o, dh∘o∘(1 − y²) in that of y = tanh(·).
   *
   * @param gates o from {@code o}
   */
  void lstmHiddenBackward(
      int n, double[] gates, int o, double[] y, int yFrom, double[] dh, int state);

  /**
   * Of {@link #lstmCell} alone: dz_i, dz_f, dz_g from dc_t, dc_{t−1} = dc_t∘f.
   *
   * @param gates i, f, g from {@code gatesFrom}
   * @param before where c_{t−1} is in {@code c}
   */
  void lstmCellBackward(
      int n,
      int stride,
      double[] gates,
      int gatesFrom,
      double[] c,
      int before,
      double[] dc,
      int state);

  /**
   * n_x ← n_x + r∘n_h.
   *
   * @param gates n_x, r, z, n_h from {@code gatesFrom}
   */
  void gruCandidate(int n, int stride, double[] gates, int gatesFrom);

  /**
   * h_t = n + z∘(h_{t−1} − n).
   *
   * @param gates n, r, z from {@code gatesFrom}
   */
  void gruHidden(
      int n, int stride, double[] gates, int gatesFrom, double[] h, int before, int after);

  /**
   * Of {@link #gruHidden} and {@link #gruCandidate}: dz of n_x, r, z, n_h into the gates; the
   * direct part z∘dh_t of dh_{t−1} into {@code dh}.
   */
  void gruBackward(
      int n,
      int stride,
      double[] gates,
      int gatesFrom,
      double[] h,
      int before,
      double[] dh,
      int state);

  /** y += x. */
  void add(int n, double[] x, int xFrom, double[] y, int yFrom);

  /**
   * y = f∘x: the arrays may be the same.
   *
   * @param panel of {@code f}
   * @param x (units, 8)
   * @param y (units, 8)
   */
  void scale(UnitFactors f, int panel, double[] x, int xFrom, double[] y, int yFrom);

  /** y = f∘x + (1 − f)∘y, so x where the factor is 1 and y where it is 0. */
  void choose(UnitFactors f, int panel, double[] x, int xFrom, double[] y, int yFrom);

  /** Of {@link #choose}: dx = f∘dy, and (1 − f)∘dy in the place of dy. */
  void chooseBackward(UnitFactors f, int panel, double[] dx, int dxFrom, double[] dy, int dyFrom);

  /**
   * Says which units of eight lanes are struck: unit 2i where the upper 32 bits of {@link
   * SplitMix#bits} of the lane's stream are below a bound, unit 2i + 1 where the lower ones are.
   *
   * @param stream key of the streams of all lanes
   * @param lane the last part of the first lane's key; the other seven follow
   * @param number of the streams' bits that belong to the first two units
   * @param below the bound: 2³² times the probability
   * @param struck from {@code at} on a byte for each unit: bit l is lane l
   */
  void strike(long stream, long lane, long number, int units, long below, byte[] struck, int at);
}
