package io.hindsight.kernels.math.simd;

import io.hindsight.kernels.panel.Lanes;
import io.hindsight.kernels.panel.Panels;
import java.util.Arrays;

/**
 * Tiles of {@link WideTiles}: a panel is one vector of 8 lanes.
 *
 * <p>The last rows of a matrix, fewer than 8, have tiles of their own. Those of a large matrix are
 * called so seldom that they would stay cold for minutes, and allocate every vector: there the rows
 * are padded to 8, and take the tiles of all others.
 */
final class WideTileRow implements TileRow {
  /** A large matrix has more columns; a weight gradient never has more terms at a time. */
  private static final int LARGE = 256;

  /** Doubles of a panel of 8 rows. */
  private static final int PANEL = 64;

  private static final ThreadLocal<double[]> PADDED =
      ThreadLocal.withInitial(() -> new double[3 * PANEL]);

  @Override
  public int rows() {
    return 8;
  }

  @Override
  public void affine(
      int rows,
      int k,
      double[] start,
      int si,
      double[] a,
      int ai,
      Panels panels,
      int first,
      int count,
      double[] b,
      int bFrom,
      int bStride,
      double[] c,
      int cFrom,
      int cStride) {
    if (rows < 8) {
      for (int i = first; i < first + count; i++) {
        Lanes.broadcast(rows, start, si, c, cFrom + panels.get(i) * cStride);
      }
      boolean padded = k >= LARGE; // few calls: a head, and the first terms of a gradient
      add(padded, rows, k, a, ai, panels, first, count, b, bFrom, bStride, c, cFrom, cStride);
      return;
    }
    int end = first + count;
    for (int i = first; i < end; ) {
      int p0 = panels.get(i);
      int b0 = bFrom + p0 * bStride;
      int c0 = cFrom + p0 * cStride;
      int vectors = vectors(end - i);
      int p1 = panels.get(i + Math.min(1, vectors - 1));
      int p2 = panels.get(i + vectors - 1);
      int b1 = bFrom + p1 * bStride;
      int b2 = bFrom + p2 * bStride;
      int c1 = cFrom + p1 * cStride;
      int c2 = cFrom + p2 * cStride;
      switch (vectors) {
        case 3 -> WideStartTiles.tile8x3(k, start, si, a, ai, b, b0, b1, b2, c, c0, c1, c2);
        case 2 -> WideStartTiles.tile8x2(k, start, si, a, ai, b, b0, b1, c, c0, c1);
        default -> WideStartTiles.tile8x1(k, start, si, a, ai, b, b0, c, c0);
      }
      i += vectors;
    }
  }

  @Override
  public void product(
      int rows,
      int k,
      double[] a,
      int ai,
      Panels panels,
      int first,
      int count,
      double[] b,
      int bFrom,
      int bStride,
      double[] c,
      int cFrom,
      int cStride) {
    boolean padded = rows < 8 && k > LARGE;
    add(padded, rows, k, a, ai, panels, first, count, b, bFrom, bStride, c, cFrom, cStride);
  }

  private static void add(
      boolean padded,
      int rows,
      int k,
      double[] a,
      int ai,
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
    for (int i = first; i < end; ) {
      int p0 = panels.get(i);
      int b0 = bFrom + p0 * bStride;
      int c0 = cFrom + p0 * cStride;
      int vectors = vectors(end - i);
      int p1 = panels.get(i + Math.min(1, vectors - 1));
      int p2 = panels.get(i + vectors - 1);
      int b1 = bFrom + p1 * bStride;
      int b2 = bFrom + p2 * bStride;
      int c1 = cFrom + p1 * cStride;
      int c2 = cFrom + p2 * cStride;
      if (padded) {
        padded(rows, vectors, k, a, ai, b, b0, b1, b2, c, c0, c1, c2);
      } else {
        tiles(rows, vectors, k, a, ai, b, b0, b1, b2, c, c0, c1, c2);
      }
      i += vectors;
    }
  }

  /** Three panels together, but four as two and two: one alone keeps only 8 sums in flight. */
  private static int vectors(int left) {
    return left == 4 ? 2 : Math.min(3, left);
  }

  private static void tiles(
      int rows,
      int vectors,
      int k,
      double[] a,
      int ai,
      double[] b,
      int b0,
      int b1,
      int b2,
      double[] c,
      int c0,
      int c1,
      int c2) {
    if (rows == 8) {
      tile8(vectors, k, a, ai, b, b0, b1, b2, c, c0, c1, c2);
      return;
    }
    int row = 0;
    if (rows >= 4) {
      tile4(vectors, k, a, ai, b, b0, b1, b2, c, c0, c1, c2);
      row = 4;
    }
    for (; row < rows; row++) {
      int r = row << 3;
      tile1(vectors, k, a, ai + row, b, b0, b1, b2, c, c0 + r, c1 + r, c2 + r);
    }
  }

  /** The rows in a copy of 8, of which the others come to nothing. */
  private static void padded(
      int rows,
      int vectors,
      int k,
      double[] a,
      int ai,
      double[] b,
      int b0,
      int b1,
      int b2,
      double[] c,
      int c0,
      int c1,
      int c2) {
    double[] eight = PADDED.get();
    Arrays.fill(eight, 0);
    int count = rows << 3;
    System.arraycopy(c, c0, eight, 0, count);
    System.arraycopy(c, c1, eight, PANEL, count);
    System.arraycopy(c, c2, eight, 2 * PANEL, count);
    int last = (vectors - 1) * PANEL;
    tile8(vectors, k, a, ai, b, b0, b1, b2, eight, 0, PANEL, 2 * PANEL);
    System.arraycopy(eight, 0, c, c0, count);
    System.arraycopy(eight, Math.min(PANEL, last), c, c1, count);
    System.arraycopy(eight, last, c, c2, count);
  }

  private static void tile8(
      int vectors,
      int k,
      double[] a,
      int ai,
      double[] b,
      int b0,
      int b1,
      int b2,
      double[] c,
      int c0,
      int c1,
      int c2) {
    switch (vectors) {
      case 3 -> WideTiles.tile8x3(k, a, ai, b, b0, b1, b2, c, c0, c1, c2);
      case 2 -> WideTiles.tile8x2(k, a, ai, b, b0, b1, c, c0, c1);
      default -> WideTiles.tile8x1(k, a, ai, b, b0, c, c0);
    }
  }

  private static void tile4(
      int vectors,
      int k,
      double[] a,
      int ai,
      double[] b,
      int b0,
      int b1,
      int b2,
      double[] c,
      int c0,
      int c1,
      int c2) {
    switch (vectors) {
      case 3 -> WideTiles.tile4x3(k, a, ai, b, b0, b1, b2, c, c0, c1, c2);
      case 2 -> WideTiles.tile4x2(k, a, ai, b, b0, b1, c, c0, c1);
      default -> WideTiles.tile4x1(k, a, ai, b, b0, c, c0);
    }
  }

  private static void tile1(
      int vectors,
      int k,
      double[] a,
      int ai,
      double[] b,
      int b0,
      int b1,
      int b2,
      double[] c,
      int c0,
      int c1,
      int c2) {
    switch (vectors) {
      case 3 -> WideTiles.tile1x3(k, a, ai, b, b0, b1, b2, c, c0, c1, c2);
      case 2 -> WideTiles.tile1x2(k, a, ai, b, b0, b1, c, c0, c1);
      default -> WideTiles.tile1x1(k, a, ai, b, b0, c, c0);
    }
  }
}
