package io.hindsight.kernels.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
  private static final int[] SIZES = {1, 3, 7, 8, 9, 24, 31, 33, 65};
  private static final int OFFSET = 5;

  static List<VectorOps> implementations() {
    return List.of(new ReferenceOps(), OpsProvider.get());
  }

  static List<Arguments> shapes() {
    List<Arguments> shapes = new ArrayList<>();
    for (VectorOps ops : implementations()) {
      for (int m : SIZES) {
        for (int k : SIZES) {
          shapes.add(Arguments.of(ops, m, k));
        }
      }
    }
    return shapes;
  }

  @ParameterizedTest(name = "{0} {1}x{2}")
  @MethodSource("shapes")
  void shouldMultiplyBySequentialFma(VectorOps ops, int m, int k) {
    double[] a = numbers(1, m * k);
    double[] b = numbers(2, OFFSET + k * 8);
    double[] c = numbers(3, OFFSET + m * 8 + OFFSET);
    double[] expected = c.clone();
    for (int row = 0; row < m; row++) {
      for (int lane = 0; lane < 8; lane++) {
        int at = OFFSET + row * 8 + lane;
        for (int p = 0; p < k; p++) {
          expected[at] = Math.fma(a[row * k + p], b[OFFSET + p * 8 + lane], expected[at]);
        }
      }
    }
    ops.product(m, k, Packing.pack(m, k, a, 0), 0, b, OFFSET, c, OFFSET);
    assertArrayEquals(expected, c);
  }

  @ParameterizedTest(name = "{0} {1}x{2}")
  @MethodSource("shapes")
  void shouldAddOuterProductsLaneAfterLane(VectorOps ops, int m, int k) {
    double[] d = numbers(4, OFFSET + m * 8);
    double[] x = numbers(5, OFFSET + k * 8);
    double[] w = numbers(6, OFFSET + m * k + OFFSET);
    double[] expected = w.clone();
    for (int row = 0; row < m; row++) {
      for (int p = 0; p < k; p++) {
        int at = OFFSET + row * k + p;
        for (int lane = 0; lane < 8; lane++) {
          expected[at] =
              Math.fma(d[OFFSET + row * 8 + lane], x[OFFSET + p * 8 + lane], expected[at]);
        }
      }
    }
    ops.outerProduct(m, k, d, OFFSET, x, OFFSET, w, OFFSET);
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
      ops.sigmoid(sigmoid, OFFSET, count);
      ops.tanh(z, OFFSET, tanh, 0, count);
      for (int i = 0; i < z.length; i++) {
        boolean inside = i >= OFFSET && i < OFFSET + count;
        assertEquals(inside ? ScalarMath.sigmoid(z[i]) : z[i], sigmoid[i], "sigmoid " + z[i]);
        if (inside) {
          assertEquals(ScalarMath.tanh(z[i]), tanh[i - OFFSET], "tanh " + z[i]);
        }
      }
      ops.tanh(z, OFFSET, z, OFFSET, count);
      assertEquals(tanh[count - 1], z[OFFSET + count - 1]);
    }
  }

  @Test
  void shouldPackBlocksOfEightRowsPaddedWithZeros() {
    for (int m : SIZES) {
      for (int k : SIZES) {
        double[] a = numbers(7, m * k);
        double[] packed = Packing.pack(m, k, a, 0);
        double[] transposed = Packing.packTransposed(m, k, a, 0);
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
  void shouldBroadcastAddAndCopyLanes() {
    double[] y = new double[20];
    Lanes.broadcast(2, new double[] {3, 4}, y, 2);
    Lanes.add(16, y.clone(), 2, y, 2);
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
