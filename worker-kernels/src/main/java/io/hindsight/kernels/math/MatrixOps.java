package io.hindsight.kernels.math;

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
   * @param start (m), from {@code startFrom}: what every lane of a row starts from
   * @param panels the list; {@code count} of it from the {@code first}
   * @param b panel p from {@code bFrom + p·bStride}
   * @param c panel p from {@code cFrom + p·cStride}
   */
  void affine(
      double[] start,
      int startFrom,
      PackedMatrix a,
      Panels panels,
      int first,
      int count,
      double[] b,
      int bFrom,
      int bStride,
      double[] c,
      int cFrom,
      int cStride);

  /**
   * C_p (m, 8) += A (m, k) · B_p (k, 8) for every panel p, k ascending.
   *
   * @param panels the list; {@code count} of it from the {@code first}
   * @param b panel p from {@code bFrom + p·bStride}
   * @param c panel p from {@code cFrom + p·cStride}
   */
  void product(
      PackedMatrix a,
      Panels panels,
      int first,
      int count,
      double[] b,
      int bFrom,
      int bStride,
      double[] c,
      int cFrom,
      int cStride);

  /**
   * Packs activations lane after lane for {@link OuterProduct}: T (rows/8, n, 8), n being the lanes
   * of the panels; padding left alone.
   *
   * @param rows rows of a panel to take
   * @param panels the list; {@code count} of it from the {@code first}
   * @param s panel p from {@code sFrom + p·sStride}
   * @param t packed (rows, n), from {@code tFrom}
   */
  void transpose(
      int rows,
      Panels panels,
      int first,
      int count,
      double[] s,
      int sFrom,
      int sStride,
      double[] t,
      int tFrom);

  /**
   * Adds packed columns to columns chosen one by one: column {@code columnOf[i]} of C += column i
   * of D, i ascending. Padding of C takes whatever padding of D holds.
   *
   * @param d packed (rows, n)
   * @param columnOf (n)
   * @param k columns of C
   * @param c packed (rows, k)
   */
  void addColumns(int rows, int n, double[] d, int[] columnOf, int k, double[] c);
}
