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
   * Packs activations lane after lane for {@link OuterProduct}: T (rows/8, n, 8), n = 8·panels,
   * padding left alone.
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
   * Fills a panel from a piece of memory for each lane: z (rows, 8), row r of lane l = {@code
   * sources[l][from[l] + r]}.
   *
   * @param sources (8), none of them z
   * @param from (8)
   * @param z from {@code to}
   */
  void gather(int rows, double[][] sources, int[] from, double[] z, int to);
}
