package io.hindsight.kernels.math.simd;

import io.hindsight.kernels.math.MatrixOps;
import io.hindsight.kernels.math.PackedMatrix;
import io.hindsight.kernels.math.Packing;
import io.hindsight.kernels.panel.Lanes;
import io.hindsight.kernels.panel.PanelView;
import io.hindsight.kernels.panel.Panels;
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
      PackedMatrix a,
      Panels panels,
      int first,
      int count,
      PanelView b,
      PanelView c) {
    int end = first + count;
    for (int from = first, to; from < end; from = to) {
      to = endOfRun(panels, from, end, a.columns());
      if (hasFewLanes(panels, from)) {
        int ci = c.at(panels.get(from)) + a.firstRow() * LANES;
        RowStart.broadcast(a.rows(), start, a.firstRow(), c.array(), ci);
        fewLanes(a, panels, from, b, c);
      } else {
        int done = to - from == 1 ? onePanel(start, a, panels.get(from), b, c) : 0;
        affineRows(done, start, a, panels, from, to - from, b, c);
      }
    }
  }

  private static int onePanel(double[] start, PackedMatrix a, int panel, PanelView b, PanelView c) {
    int bi = b.at(panel) + a.firstColumn() * LANES;
    int ci = c.at(panel) + a.firstRow() * LANES;
    return WIDE ? OnePanel.affine(start, a, b.array(), bi, c.array(), ci) : 0;
  }

  private void affineRows(
      int done,
      double[] start,
      PackedMatrix a,
      Panels panels,
      int first,
      int count,
      PanelView b,
      PanelView c) {
    int k = a.columns();
    int bFrom = b.from() + a.firstColumn() * LANES;
    for (int row = done; row < a.rows(); row += tiles.rows()) {
      int rows = Math.min(tiles.rows(), a.rows() - row);
      int si = a.firstRow() + row;
      int ci = c.from() + si * LANES;
      tiles.affine(
          rows,
          k,
          start,
          si,
          a.values(),
          a.valuesFrom() + row * k,
          panels,
          first,
          count,
          b.array(),
          bFrom,
          b.stride(),
          c.array(),
          ci,
          c.stride());
    }
  }

  @Override
  public void product(
      PackedMatrix a, Panels panels, int first, int count, PanelView b, PanelView c) {
    int end = first + count;
    for (int from = first, to; from < end; from = to) {
      to = endOfRun(panels, from, end, a.columns());
      if (hasFewLanes(panels, from)) {
        fewLanes(a, panels, from, b, c);
      } else {
        int done = to - from == 1 ? onePanel(a, panels.get(from), b, c) : 0;
        productRows(done, a, panels, from, to - from, b, c);
      }
    }
  }

  @Override
  public void product(PackedMatrix a, double[] x, double[] y, int yFrom) {
    OneLane.product(a, x, y, yFrom);
  }

  private static int onePanel(PackedMatrix a, int panel, PanelView b, PanelView c) {
    int bi = b.at(panel) + a.firstColumn() * LANES;
    int ci = c.at(panel) + a.firstRow() * LANES;
    return WIDE ? OnePanel.product(a, b.array(), bi, c.array(), ci) : 0;
  }

  /** Blocks of rows, from {@code done} on. */
  private void productRows(
      int done, PackedMatrix a, Panels panels, int first, int count, PanelView b, PanelView c) {
    int k = a.columns();
    int bFrom = b.from() + a.firstColumn() * LANES;
    for (int row = done; row < a.rows(); row += tiles.rows()) {
      int rows = Math.min(tiles.rows(), a.rows() - row);
      int ci = c.from() + (a.firstRow() + row) * LANES;
      tiles.product(
          rows,
          k,
          a.values(),
          a.valuesFrom() + row * k,
          panels,
          first,
          count,
          b.array(),
          bFrom,
          b.stride(),
          c.array(),
          ci,
          c.stride());
    }
  }

  private void fewLanes(PackedMatrix a, Panels panels, int i, PanelView b, PanelView c) {
    int bi = b.at(panels.get(i)) + a.firstColumn() * LANES;
    int ci = c.at(panels.get(i)) + a.firstRow() * LANES;
    int lanes = panels.lanes(i);
    int done = FewLanes.product(lanes, a, b.array(), bi, c.array(), ci);
    productRows(done, a, panels, i, 1, b, c);
  }

  /** Where the panels end that are taken together with the one at {@code from}. */
  private static int endOfRun(Panels panels, int from, int end, int columns) {
    if (hasFewLanes(panels, from)) {
      return from + 1;
    }
    int limit = from + sizeOfGroup(end - from, columns);
    int to = from + 1;
    while (to < limit && !hasFewLanes(panels, to)) {
      to++;
    }
    return to;
  }

  /**
   * A group and half a one are taken together: what spills out of the second cache costs less than
   * to stream all weights once more for a few panels.
   */
  private static int sizeOfGroup(int panels, int columns) {
    int size = Math.max(6, GROUP / Math.max(1, columns * LANES) / 6 * 6);
    return panels <= size + size / 2 ? panels : size;
  }

  private static boolean hasFewLanes(Panels panels, int i) {
    return WIDE && panels.lanes(i) <= FEW;
  }

  @Override
  public void transpose(
      int firstRow,
      int rows,
      Panels panels,
      int first,
      int count,
      PanelView s,
      double[] t,
      int tFrom) {
    int n = panels.lanes(first, count);
    int to = tFrom;
    for (int i = first; i < first + count; i++) {
      int si = s.at(panels.get(i)) + firstRow * LANES;
      int lanes = panels.lanes(i);
      for (int row = 0; row < rows; row += ROWS) {
        int block = Math.min(ROWS, rows - row);
        transposeBlock(block, lanes, s.array(), si + row * LANES, t, to + row * n);
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
  public void addColumns(
      int firstRow, int rows, int n, double[] d, int dFrom, int[] columnOf, int k, double[] c) {
    for (int row = firstRow; row < firstRow + rows; row += ROWS) {
      addBlock(n, d, dFrom + row * n, columnOf, c, row * k);
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
