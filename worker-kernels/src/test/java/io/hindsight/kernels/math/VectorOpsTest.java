package io.hindsight.kernels.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.math.choice.OpsProvider;
import io.hindsight.kernels.panel.Lanes;
import io.hindsight.kernels.panel.PanelView;
import io.hindsight.kernels.panel.Panels;
import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every implementation against the definition of its operations, to the bit, at awkward sizes. */
class VectorOpsTest {
  private static final int[] SIZES = {1, 3, 7, 8, 9, 15, 24, 31, 33, 65, 129};
  private static final int OFFSET = 5;
  private static final int PANELS = 12;

  static List<VectorOps> implementations() {
    return List.of(VectorOps.REFERENCE, OpsProvider.get());
  }

  static List<Arguments> shapes() {
    List<Arguments> shapes = new ArrayList<>();
    for (VectorOps ops : implementations()) {
      for (int m : SIZES) {
        for (int k : SIZES) {
          shapes.add(Arguments.of(ops, m, k));
        }
      }
      for (int m : new int[] {1, 4, 13, 16}) { // of large matrices, rows that are left over
        shapes.add(Arguments.of(ops, m, 257));
      }
    }
    return shapes;
  }

  @ParameterizedTest(name = "{0} {1}x{2}")
  @MethodSource("shapes")
  void shouldMultiplyBySequentialFma(VectorOps ops, int m, int k) {
    double[] a = numbers(1, m * k);
    int firstRow = 2;
    int firstColumn = 1;
    double[] start = numbers(9, firstRow + m);
    for (int count = 1; count <= 7; count++) {
      Panels panels = panels(count);
      int bStride = (k + 1) * 8;
      int cStride = (m + 2) * 8;
      double[] b = numbers(2, OFFSET + PANELS * bStride);
      double[] c = numbers(3, OFFSET + PANELS * cStride);
      double[] expected = c.clone();
      double[] expectedAffine = c.clone();
      for (int i = 1; i <= count; i++) {
        int bi = OFFSET + panels.get(i) * bStride + firstColumn * 8;
        int ci = OFFSET + panels.get(i) * cStride + firstRow * 8;
        for (int row = 0; row < m; row++) {
          for (int lane = 0; lane < 8; lane++) {
            int at = ci + row * 8 + lane;
            expected[at] = chain(k, a, row * k, b, bi + lane, c[at]);
            expectedAffine[at] = chain(k, a, row * k, b, bi + lane, start[firstRow + row]);
          }
        }
      }
      PackedMatrix packed = PackedMatrix.of(m, k, a, 0).at(firstRow, firstColumn);
      PanelView x = new PanelView(b, OFFSET, bStride);
      PanelView actual = new PanelView(c.clone(), OFFSET, cStride);
      ops.matrix().product(packed, panels, 1, count, x, actual);
      assertArrayEquals(expected, actual.array());
      actual = new PanelView(c.clone(), OFFSET, cStride);
      ops.matrix().affine(start, packed, panels, 1, count, x, actual);
      assertArrayEquals(expectedAffine, actual.array());
    }
  }

  @ParameterizedTest(name = "{0} {1}x{2}")
  @MethodSource("shapes")
  void shouldMultiplyASingleLaneByTheSameChains(VectorOps ops, int m, int k) {
    double[] a = numbers(1, m * k);
    int firstRow = 2;
    int firstColumn = 1;
    double[] x = numbers(2, firstColumn + k);
    double[] y = numbers(3, firstRow + Packing.paddedRows(m) + 1);
    double[] expected = y.clone();
    for (int row = 0; row < m; row++) {
      for (int p = 0; p < k; p++) {
        int at = firstRow + row;
        expected[at] = Math.fma(a[row * k + p], x[firstColumn + p], expected[at]);
      }
    }
    ops.matrix().product(PackedMatrix.of(m, k, a, 0).at(firstRow, firstColumn), x, y, 0);
    assertArrayEquals(expected, y);
  }

  private static double chain(int k, double[] a, int ai, double[] b, int bi, double start) {
    double sum = start;
    for (int p = 0; p < k; p++) {
      sum = Math.fma(a[ai + p], b[bi + p * 8], sum);
    }
    return sum;
  }

  @ParameterizedTest(name = "{0} {1}x{2}")
  @MethodSource("shapes")
  void shouldComputeTheFirstLanesOfPanelsThatAreNotFull(VectorOps ops, int m, int k) {
    int[] lanes = {8, 3, 8, 5, 1, 8, 4, 2, 8, 8, 7};
    Panels full = new Panels(lanes.length);
    Panels partial = new Panels(lanes.length);
    for (int i = 0; i < lanes.length; i++) {
      full.add(i);
      partial.add(i, lanes[i]);
    }
    double[] b = numbers(2, PANELS * k * 8);
    PanelView x = new PanelView(b, 0, k * 8);
    double[] start = numbers(9, m);
    double[] expected = numbers(3, PANELS * m * 8);
    double[] actual = expected.clone();
    double[] expectedAffine = expected.clone();
    double[] actualAffine = expected.clone();
    PackedMatrix a = PackedMatrix.of(m, k, numbers(1, m * k), 0);
    int n = lanes.length;
    MatrixOps reference = VectorOps.REFERENCE.matrix();
    reference.product(a, full, 0, n, x, new PanelView(expected, 0, m * 8));
    reference.affine(start, a, full, 0, n, x, new PanelView(expectedAffine, 0, m * 8));
    ops.matrix().product(a, partial, 0, n, x, new PanelView(actual, 0, m * 8));
    ops.matrix().affine(start, a, partial, 0, n, x, new PanelView(actualAffine, 0, m * 8));
    for (int i = 0; i < n; i++) {
      for (int row = 0; row < m; row++) {
        for (int lane = 0; lane < lanes[i]; lane++) {
          int at = (i * m + row) * 8 + lane;
          assertEquals(expected[at], actual[at]);
          assertEquals(expectedAffine[at], actualAffine[at]);
        }
      }
    }
    double[] t = new double[Packing.size(k, full.lanes(0, n))];
    ops.matrix().transpose(0, k, partial, 0, n, x, t, 0);
    int terms = partial.lanes(0, n);
    int term = 0;
    for (int i = 0; i < n; i++) {
      for (int lane = 0; lane < lanes[i]; lane++) {
        for (int row = 0; row < k; row++) {
          assertEquals(b[(i * k + row) * 8 + lane], t[Packing.index(row, term, terms)]);
        }
        term++;
      }
    }
  }

  /** Panels of no regular distance; the first is not to be used. */
  private static Panels panels(int count) {
    Panels panels = new Panels(count + 2);
    panels.add(PANELS - 1);
    for (int i = 0; i < count; i++) {
      panels.add((i * i + 1) % PANELS == 0 ? 0 : i + i / 3);
    }
    panels.add(PANELS - 1);
    return panels;
  }

  @ParameterizedTest(name = "{0} {1}x{2}")
  @MethodSource("shapes")
  void shouldAddOuterProductsTermAfterTerm(VectorOps ops, int m, int k) {
    int count = 3;
    double[] d = numbers(4, OFFSET + PANELS * m * 8);
    double[] x = numbers(5, OFFSET + PANELS * k * 8);
    double[] w = numbers(6, OFFSET + m * k + OFFSET);
    Panels panels = panels(count);
    double[] expected = w.clone();
    for (int i = 1; i <= count; i++) {
      int di = OFFSET + panels.get(i) * m * 8;
      int xi = OFFSET + panels.get(i) * k * 8;
      for (int row = 0; row < m; row++) {
        for (int p = 0; p < k; p++) {
          int at = OFFSET + row * k + p;
          for (int lane = 0; lane < 8; lane++) {
            expected[at] = Math.fma(d[di + row * 8 + lane], x[xi + p * 8 + lane], expected[at]);
          }
        }
      }
    }
    TransposedPanels left = new TransposedPanels(ops.matrix(), ops.memory(), m);
    TransposedPanels right = new TransposedPanels(ops.matrix(), ops.memory(), k);
    PanelView dPanels = new PanelView(d, OFFSET, m * 8);
    PanelView xPanels = new PanelView(x, OFFSET, k * 8);
    left.set(panels, 0, 4, dPanels); // leaves values behind that must not matter
    right.set(panels, 0, 4, xPanels);
    left.set(panels, 1, count, dPanels);
    right.set(panels, 1, count, xPanels);
    OuterProduct product = new OuterProduct(ops.matrix(), ops.memory(), m, k);
    product.load(w, OFFSET);
    product.add(left, right);
    product.store(w, OFFSET);
    assertArrayEquals(expected, w);
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void shouldApplySigmoidAndTanhAsTheScalarsDo(VectorOps ops) {
    for (int rows : SIZES) {
      int count = rows * 8;
      double[] z = awkward(OFFSET + count + OFFSET);
      double[] sigmoid = z.clone();
      double[] tanh = new double[count];
      ops.gates().sigmoid(count, sigmoid, OFFSET);
      ops.gates().tanh(count, z, OFFSET, tanh, 0);
      for (int i = 0; i < z.length; i++) {
        boolean inside = i >= OFFSET && i < OFFSET + count;
        assertEquals(inside ? ScalarMath.sigmoid(z[i]) : z[i], sigmoid[i], "sigmoid " + z[i]);
        if (inside) {
          assertEquals(ScalarMath.tanh(z[i]), tanh[i - OFFSET], "tanh " + z[i]);
        }
      }
      ops.gates().tanh(count, z, OFFSET, z, OFFSET);
      assertEquals(tanh[count - 1], z[OFFSET + count - 1]);
    }
  }

  /** A pass over arrays that both implementations are given; the last argument is the state. */
  private interface Pass {
    void run(GateOps ops, int n, double[] gates, double[] other, double[] dh, double[] dc);
  }

  private static final List<Pass> PASSES =
      List.of(
          (ops, n, g, o, dh, dc) -> ops.tanhBackward(n, g, OFFSET, dh, 3),
          (ops, n, g, o, dh, dc) -> ops.sigmoidBackward(n, g, OFFSET, dh, 3),
          (ops, n, g, o, dh, dc) -> ops.lstmCell(n, n, g, OFFSET, o, 2, n + 2),
          (ops, n, g, o, dh, dc) -> ops.lstmHidden(n, g, OFFSET + 3 * n, o, 1, dh, 4),
          (ops, n, g, o, dh, dc) -> ops.lstmBackward(n, n, g, OFFSET, o, 2, o, n + 2, dh, 3, dc, 3),
          (ops, n, g, o, dh, dc) -> ops.lstmHiddenBackward(n, g, OFFSET + 3 * n, o, 2, dh, 3),
          (ops, n, g, o, dh, dc) -> ops.lstmCellBackward(n, n, g, OFFSET, o, 2, dc, 3),
          (ops, n, g, o, dh, dc) -> ops.gruCandidate(n, n, g, OFFSET),
          (ops, n, g, o, dh, dc) -> ops.gruHidden(n, n, g, OFFSET, o, 2, n + 2),
          (ops, n, g, o, dh, dc) -> ops.gruBackward(n, n, g, OFFSET, o, 2, dh, 3),
          (ops, n, g, o, dh, dc) -> ops.add(n, g, OFFSET, dh, 3));

  @ParameterizedTest
  @MethodSource("implementations")
  void shouldRunTheCellsPassesAsTheReferenceDoes(VectorOps ops) {
    for (int rows : SIZES) {
      int n = rows * 8;
      for (int pass = 0; pass < PASSES.size(); pass++) {
        double[][] expected = passArrays(n);
        double[][] actual = passArrays(n);
        double[][] x = expected;
        PASSES.get(pass).run(VectorOps.REFERENCE.gates(), n, x[0], x[1], x[2], x[3]);
        x = actual;
        PASSES.get(pass).run(ops.gates(), n, x[0], x[1], x[2], x[3]);
        for (int i = 0; i < 4; i++) {
          assertArrayEquals(expected[i], actual[i], "pass " + pass + ", array " + i);
        }
      }
    }
  }

  private static double[][] passArrays(int n) {
    return new double[][] {
      awkward(OFFSET + 4 * n + OFFSET), numbers(12, 2 * n + 5), numbers(13, n + 5), awkward(n + 5)
    };
  }

  @Test
  void shouldPackBlocksOfEightRowsPaddedWithZeros() {
    for (int m : SIZES) {
      for (int k : SIZES) {
        double[] a = numbers(7, m * k);
        double[] packed = PackedMatrix.of(m, k, a, 0).values();
        PackedMatrix columns = new PackedMatrix(k, m);
        columns.setColumns(0, m, a, 0);
        double[] transposed = columns.values();
        double sum = 0;
        for (int row = 0; row < m; row++) {
          for (int column = 0; column < k; column++) {
            double value = a[row * k + column];
            assertEquals(value, packed[Packing.index(row, column, k)]);
            assertEquals(value, transposed[Packing.index(column, row, m)]);
            sum += Math.abs(value);
          }
        }
        assertEquals(Packing.size(m, k), packed.length);
        assertEquals(sum, absoluteSum(packed), 1e-9, "padding must be zero");
        assertEquals(sum, absoluteSum(transposed), 1e-9, "padding must be zero");
      }
    }
  }

  @Test
  void shouldSumLanesInTheFixedOrder() {
    double[] a = {9, 1e16, 1, -1e16, 1, 1, 1e16, 1, -1e16};
    assertEquals(((1e16 + 1) + (-1e16 + 1)) + ((1 + 1e16) + (1 - 1e16)), Lanes.sum(a, 1));
  }

  @Test
  void shouldBroadcastAndCopyLanes() {
    double[] y = new double[20];
    Lanes.broadcast(2, new double[] {0, 6, 8}, 1, y, 2);
    double[] expected = new double[20];
    for (int i = 2; i < 18; i++) {
      expected[i] = i < 10 ? 6 : 8;
    }
    assertArrayEquals(expected, y);
    double[] target = new double[17];
    Lanes.copyLane(2, 5, y, 2, target, 1);
    assertEquals(6, target[1 + 5]);
    assertEquals(8, target[1 + 13]);
    assertEquals(14, absoluteSum(target));
  }

  private static double absoluteSum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += Math.abs(value);
    }
    assertTrue(Double.isFinite(sum));
    return sum;
  }

  private static double[] awkward(int count) {
    double[] values = numbers(8, count);
    double[] special = {0.0, -0.0, Double.NaN, 1e308, -1e308, 1e-310, 800, -800, 20, -20.5};
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 3 == 0 ? special[i / 3 % special.length] : values[i] * 10;
    }
    values[count - 1] = Double.NEGATIVE_INFINITY;
    return values;
  }

  private static double[] numbers(long key, int count) {
    CounterRandom random = CounterRandom.of(3, Purpose.GENERATED_DATA, key);
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextDouble(-2, 2);
    }
    return numbers;
  }
}
