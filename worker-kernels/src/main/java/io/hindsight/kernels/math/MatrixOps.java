package io.hindsight.kernels.math;

import io.hindsight.kernels.panel.PanelView;
import io.hindsight.kernels.panel.Panels;

/**
 * Products of weights and activations over many panels at once.
 *
 * <p>Every implementation gives the same bits: an output accumulates by sequential FMA over k, and
 * lanes never meet except where a sum over them is the operation. Arguments are not checked here;
 * {@code Bptt} does.
 */
public interface MatrixOps {
  /**
   * C_p (m, 8) = start + A (m, k) · B_p (k, 8) for every panel p, k ascending.
   *
   * @param start what every lane of a row starts from, by rows of C
   * @param a m rows of C and k rows of B, from its first row and its first column on
   * @param panels the list; {@code count} of it from the {@code first}
   */
  void affine(
      double[] start,
      PackedMatrix a,
      Panels panels,
      int first,
      int count,
      PanelView b,
      PanelView c);

  /**
   * C_p (m, 8) += A (m, k) · B_p (k, 8) for every panel p, k ascending.
   *
   * @param a m rows of C and k rows of B, from its first row and its first column on
   * @param panels the list; {@code count} of it from the {@code first}
   */
  void product(PackedMatrix a, Panels panels, int first, int count, PanelView b, PanelView c);

  /**
   * y += A (m, k) · x, k ascending: the product of a single lane. Rows that pad the last block of A
   * are computed too, so y has room for them.
   *
   * @param a m rows of y and k rows of x, from its first row and its first column on
   * @param y from {@code yFrom}
   */
  void product(PackedMatrix a, double[] x, double[] y, int yFrom);

  /**
   * Packs activations lane after lane for {@link OuterProduct}: T (rows/8, n, 8), n being the lanes
   * of the panels; padding left alone.
   *
   * @param firstRow first of the rows of a panel to take
   * @param panels the list; {@code count} of it from the {@code first}
   * @param t packed (rows, n), from {@code tFrom}
   */
  void transpose(
      int firstRow,
      int rows,
      Panels panels,
      int first,
      int count,
      PanelView s,
      double[] t,
      int tFrom);

  /**
   * Adds packed columns to columns chosen one by one: column {@code columnOf[i]} of C += column i
   * of D, i ascending, in some rows of both. Padding of C takes whatever padding of D holds.
   *
   * @param firstRow a multiple of 8
   * @param d packed (rows, n)
   * @param columnOf (n)
   * @param k columns of C
   * @param c packed (rows, k)
   */
  void addColumns(
      int firstRow, int rows, int n, double[] d, int dFrom, int[] columnOf, int k, double[] c);
}
