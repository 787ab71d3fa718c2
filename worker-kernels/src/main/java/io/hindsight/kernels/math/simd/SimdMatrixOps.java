package io.hindsight.kernels.math.simd;

import io.hindsight.kernels.math.MatrixOps;
import io.hindsight.kernels.math.PackedMatrix;
import io.hindsight.kernels.math.Panels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products cut into register tiles.
 *
 * <p>Blocks of 8 weight rows are the outer loop and panels the inner, so weights stream from memory
 * once; panels are taken in groups that stay in the second cache meanwhile.
 */
final class SimdMatrixOps implements MatrixOps {
  private static final VectorSpecies<Double> S = Species.PREFERRED;
  private static final int LANES = 8;
  private static final int ROWS = 8;

  /** Doubles of panels worked on at a time: half a megabyte. */
  private static final int GROUP = 1 << 16;

  private final TileRow tiles = Species.LANES == 8 ? new WideTileRow() : new NarrowTileRow();

  @Override
  public void affine(
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
      int cStride) {
    for (int i = first; i < first + count; i++) {
      broadcast(a.rows(), start, startFrom, c, cFrom + panels.get(i) * cStride);
    }
    product(a, panels, first, count, b, bFrom, bStride, c, cFrom, cStride);
  }

  private static void broadcast(int m, double[] rows, int rowsFrom, double[] y, int yFrom) {
    for (int row = 0; row < m; row++) {
      DoubleVector value = DoubleVector.broadcast(S, rows[rowsFrom + row]);
      int to = yFrom + (row << 3);
      for (int lane = 0; lane < LANES; lane += Species.LANES) {
        value.intoArray(y, to + lane);
      }
    }
  }

  @Override
  public void product(
      PackedMatrix a,
      Panels panels,
      int first,
      int count,
      double[] b,
      int bFrom,
      int bStride,
      double[] c,
      int cFrom,
      int cStride) {
    int group = Math.max(6, GROUP / Math.max(1, a.columns() * LANES) / 6 * 6);
    for (int from = first; from < first + count; from += group) {
      int size = Math.min(group, first + count - from);
      for (int row = 0; row < a.rows(); row += ROWS) {
        int rows = Math.min(ROWS, a.rows() - row);
        int ci = cFrom + row * LANES;
        int ai = row * a.columns();
        tiles.panels(
            rows,
            a.columns(),
            a.values(),
            ai,
            panels,
            from,
            size,
            b,
            bFrom,
            bStride,
            c,
            ci,
            cStride);
      }
    }
  }

  @Override
  public void transpose(
      int rows,
      Panels panels,
      int first,
      int count,
      double[] s,
      int sFrom,
      int sStride,
      double[] t,
      int tFrom) {
    int n = count * LANES;
    for (int i = 0; i < count; i++) {
      int si = sFrom + panels.get(first + i) * sStride;
      for (int row = 0; row < rows; row += ROWS) {
        int to = tFrom + row * n + i * LANES * ROWS;
        transposeBlock(Math.min(ROWS, rows - row), s, si + row * LANES, t, to);
      }
    }
  }

  /** (rows, 8) → (8, 8), the columns beyond {@code rows} left alone. */
  private static void transposeBlock(int rows, double[] s, int si, double[] t, int ti) {
    if (rows == ROWS) {
      Transposition.eightByEight(s, si, t, ti);
      return;
    }
    for (int row = 0; row < rows; row++) {
      for (int lane = 0; lane < LANES; lane++) {
        t[ti + lane * ROWS + row] = s[si + row * LANES + lane];
      }
    }
  }

  @Override
  public void addColumns(int rows, int n, double[] d, int[] columnOf, int k, double[] c) {
    for (int row = 0; row < rows; row += ROWS) {
      addBlock(n, d, row * n, columnOf, c, row * k);
    }
  }

  /** The columns of 8 rows; they lie in the first cache however they are chosen. */
  private static void addBlock(int n, double[] d, int di, int[] columnOf, double[] c, int ci) {
    for (int i = 0; i < n; i++) {
      int to = ci + columnOf[i] * ROWS;
      for (int lane = 0; lane < ROWS; lane += Species.LANES) {
        DoubleVector term = DoubleVector.fromArray(S, d, di + (i << 3) + lane);
        DoubleVector.fromArray(S, c, to + lane).add(term).intoArray(c, to + lane);
      }
    }
  }
}
