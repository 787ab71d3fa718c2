package io.hindsight.kernels.math.simd;

import io.hindsight.kernels.math.Lanes;
import io.hindsight.kernels.math.MatrixOps;
import io.hindsight.kernels.math.PackedMatrix;
import io.hindsight.kernels.math.Packing;
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
  private static final int LANES = Lanes.LANES;
  private static final int ROWS = Packing.ROWS;

  /** Doubles of panels worked on at a time: half a megabyte. */
  private static final int GROUP = 1 << 16;

  private static final boolean WIDE = Species.LANES == 8;

  /** Lanes up to which {@link FewLanes} beats computing all eight. */
  private static final int FEW = 4;

  private final TileRow tiles = WIDE ? new WideTileRow() : new NarrowTileRow();

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
    int m = a.rows();
    int k = a.columns();
    int end = first + count;
    for (int from = first, to; from < end; from = to) {
      to = endOfRun(panels, from, end, k);
      if (hasFewLanes(panels, from)) {
        int ci = cFrom + panels.get(from) * cStride;
        RowStart.broadcast(m, start, startFrom, c, ci);
        fewLanes(a, panels, from, b, bFrom, bStride, c, cFrom, cStride);
        continue;
      }
      for (int row = 0; row < m; row += tiles.rows()) {
        int rows = Math.min(tiles.rows(), m - row);
        int si = startFrom + row;
        int ci = cFrom + row * LANES;
        tiles.affine(
            rows,
            k,
            start,
            si,
            a.values(),
            row * k,
            panels,
            from,
            to - from,
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
    int end = first + count;
    for (int from = first, to; from < end; from = to) {
      to = endOfRun(panels, from, end, a.columns());
      if (hasFewLanes(panels, from)) {
        fewLanes(a, panels, from, b, bFrom, bStride, c, cFrom, cStride);
      } else {
        rows(0, a, panels, from, to - from, b, bFrom, bStride, c, cFrom, cStride);
      }
    }
  }

  /** Blocks of rows, from {@code firstRow} on. */
  private void rows(
      int firstRow,
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
    int k = a.columns();
    for (int row = firstRow; row < a.rows(); row += tiles.rows()) {
      int rows = Math.min(tiles.rows(), a.rows() - row);
      int ci = cFrom + row * LANES;
      tiles.product(
          rows, k, a.values(), row * k, panels, first, count, b, bFrom, bStride, c, ci, cStride);
    }
  }

  private void fewLanes(
      PackedMatrix a,
      Panels panels,
      int i,
      double[] b,
      int bFrom,
      int bStride,
      double[] c,
      int cFrom,
      int cStride) {
    int bi = bFrom + panels.get(i) * bStride;
    int ci = cFrom + panels.get(i) * cStride;
    int done = FewLanes.product(panels.lanes(i), a.rows(), a.columns(), a.values(), b, bi, c, ci);
    rows(done, a, panels, i, 1, b, bFrom, bStride, c, cFrom, cStride);
  }

  /** Where the panels end that are taken together with the one at {@code from}. */
  private static int endOfRun(Panels panels, int from, int end, int columns) {
    if (hasFewLanes(panels, from)) {
      return from + 1;
    }
    int limit = Math.min(end, from + Math.max(6, GROUP / Math.max(1, columns * LANES) / 6 * 6));
    int to = from + 1;
    while (to < limit && !hasFewLanes(panels, to)) {
      to++;
    }
    return to;
  }

  private static boolean hasFewLanes(Panels panels, int i) {
    return WIDE && panels.lanes(i) <= FEW;
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
    int n = panels.lanes(first, count);
    int to = tFrom;
    for (int i = first; i < first + count; i++) {
      int si = sFrom + panels.get(i) * sStride;
      int lanes = panels.lanes(i);
      for (int row = 0; row < rows; row += ROWS) {
        transposeBlock(Math.min(ROWS, rows - row), lanes, s, si + row * LANES, t, to + row * n);
      }
      to += lanes * ROWS;
    }
  }

  /** (rows, lanes) → (lanes, 8), the columns beyond {@code rows} left alone. */
  private static void transposeBlock(int rows, int lanes, double[] s, int si, double[] t, int ti) {
    if (rows == ROWS && lanes == LANES) {
      Transposition.eightByEight(s, si, t, ti);
      return;
    }
    for (int row = 0; row < rows; row++) {
      for (int lane = 0; lane < lanes; lane++) {
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
