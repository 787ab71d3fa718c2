package io.hindsight.kernels.math;

import io.hindsight.kernels.panel.Lanes;
import io.hindsight.kernels.panel.PanelView;
import io.hindsight.kernels.panel.Panels;

/** Products in plain Java: the specification of their bits. */
final class ReferenceMatrixOps implements MatrixOps {
  private static final int LANES = Lanes.LANES;

  @Override
  public void affine(
      double[] start,
      PackedMatrix a,
      Panels panels,
      int first,
      int count,
      PanelView b,
      PanelView c) {
    int row = a.firstRow();
    for (int i = first; i < first + count; i++) {
      int ci = c.at(panels.get(i)) + row * LANES;
      Lanes.broadcast(a.rows(), start, row, c.array(), ci);
    }
    product(a, panels, first, count, b, c);
  }

  @Override
  public void product(
      PackedMatrix a, Panels panels, int first, int count, PanelView b, PanelView c) {
    int k = a.columns();
    for (int i = first; i < first + count; i++) {
      int bi = b.at(panels.get(i)) + a.firstColumn() * LANES;
      int ci = c.at(panels.get(i)) + a.firstRow() * LANES;
      for (int row = 0; row < a.rows(); row++) {
        int ai = a.valuesFrom() + Packing.index(row, 0, k);
        productRow(k, a.values(), ai, b.array(), bi, c.array(), ci + row * LANES);
      }
    }
  }

  /** Eight running sums, one per lane, so that eight multiply-adds are in flight. */
  private static void productRow(
      int k, double[] a, int ai, double[] b, int bi, double[] c, int ci) {
    double s0 = c[ci];
    double s1 = c[ci + 1];
    double s2 = c[ci + 2];
    double s3 = c[ci + 3];
    double s4 = c[ci + 4];
    double s5 = c[ci + 5];
    double s6 = c[ci + 6];
    double s7 = c[ci + 7];
    for (int p = 0; p < k; p++) {
      double w = a[ai + (p << 3)];
      int x = bi + (p << 3);
      s0 = Math.fma(w, b[x], s0);
      s1 = Math.fma(w, b[x + 1], s1);
      s2 = Math.fma(w, b[x + 2], s2);
      s3 = Math.fma(w, b[x + 3], s3);
      s4 = Math.fma(w, b[x + 4], s4);
      s5 = Math.fma(w, b[x + 5], s5);
      s6 = Math.fma(w, b[x + 6], s6);
      s7 = Math.fma(w, b[x + 7], s7);
    }
    c[ci] = s0;
    c[ci + 1] = s1;
    c[ci + 2] = s2;
    c[ci + 3] = s3;
    c[ci + 4] = s4;
    c[ci + 5] = s5;
    c[ci + 6] = s6;
    c[ci + 7] = s7;
  }

  @Override
  public void product(PackedMatrix a, double[] x, double[] y, int yFrom) {
    int k = a.columns();
    for (int row = 0; row < Packing.paddedRows(a.rows()); row++) {
      int w = a.valuesFrom() + Packing.index(row, 0, k);
      int yi = yFrom + a.firstRow() + row;
      double sum = y[yi];
      for (int p = 0; p < k; p++) {
        sum = Math.fma(a.values()[w + p * Packing.ROWS], x[a.firstColumn() + p], sum);
      }
      y[yi] = sum;
    }
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
    int term = 0;
    for (int i = first; i < first + count; i++) {
      int si = s.at(panels.get(i)) + firstRow * LANES;
      for (int row = 0; row < rows; row++) {
        int ti = tFrom + Packing.index(row, term, n);
        for (int lane = 0; lane < panels.lanes(i); lane++) {
          t[ti + lane * Packing.ROWS] = s.array()[si + row * LANES + lane];
        }
      }
      term += panels.lanes(i);
    }
  }

  @Override
  public void addColumns(
      int firstRow, int rows, int n, double[] d, int dFrom, int[] columnOf, int k, double[] c) {
    for (int row = firstRow; row < firstRow + Packing.paddedRows(rows); row++) {
      for (int i = 0; i < n; i++) {
        c[Packing.index(row, columnOf[i], k)] += d[dFrom + Packing.index(row, i, n)];
      }
    }
  }
}
