package io.hindsight.kernels.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every implementation against the definition of its readings, to the bit, at awkward lengths. */
class ArrayOpsTest {
  private static final int[] LENGTHS = {
    0, 1, 3, 7, 8, 9, 15, 31, 33, 63, 64, 65, 127, 129, 193, 1000
  };
  private static final double[] ODD = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    -0.0,
    Double.MIN_VALUE,
    -Double.MIN_NORMAL,
    Double.MAX_VALUE
  };

  static List<Arguments> lengths() {
    List<Arguments> lengths = new ArrayList<>();
    for (VectorOps ops : VectorOpsTest.implementations()) {
      for (int length : LENGTHS) {
        lengths.add(Arguments.of(ops, length));
      }
    }
    return lengths;
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("lengths")
  void shouldSumSquaresInEightLanes(VectorOps ops, int length) {
    for (double[] x : samples(length)) {
      for (double scale : new double[] {1, 0.3, 0x1p-600, 0x1p600}) {
        double[] lanes = new double[8];
        for (int i = 0; i < length; i++) {
          lanes[i % 8] = Math.fma(x[i] * scale, x[i] * scale, lanes[i % 8]);
        }
        double expected =
            ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3]))
                + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
        assertEquals(expected, ops.arrays().sumOfSquares(x, scale), () -> Arrays.toString(x));
      }
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("lengths")
  void shouldFindTheLargestMagnitude(VectorOps ops, int length) {
    for (double[] x : samples(length)) {
      double expected = Arrays.stream(x).map(Math::abs).reduce(0, Math::max);
      assertEquals(expected, ops.arrays().largestMagnitude(x), () -> Arrays.toString(x));
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("lengths")
  void shouldFindTheFirstElementThatIsNotFinite(VectorOps ops, int length) {
    double[] x = new Random(length).doubles(length, -8e307, 8e307).toArray();
    assertEquals(-1, ops.arrays().firstNonFinite(x));
    for (int i = length - 1; i >= 0; i--) { // the later ones stay in
      x[i] = ODD[i % 3];
      assertEquals(i, ops.arrays().firstNonFinite(x));
    }
  }

  /**
   * Ordinary numbers, and for each odd number copies with it at the ends, in the middle, anywhere.
   */
  private static List<double[]> samples(int length) {
    double[] ordinary = new Random(length).doubles(length, -1, 1).toArray();
    List<double[]> samples = new ArrayList<>(List.of(ordinary));
    for (double odd : ODD) {
      for (int i = 0; i < length; i += 1 + length / 7) {
        double[] x = ordinary.clone();
        x[i] = odd;
        x[length - 1 - i / 2] = odd;
        samples.add(x);
      }
      double[] all = new double[length];
      Arrays.fill(all, odd);
      samples.add(all);
    }
    return samples;
  }
}
