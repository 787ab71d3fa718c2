package io.hindsight.kernels.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.hindsight.kernels.math.choice.OpsProvider;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Passes that move or add data without computing, against their definition, at awkward sizes. */
class DataMovesTest {
  private static final int[] SIZES = {1, 3, 7, 8, 9, 15, 31, 33, 65};

  static List<VectorOps> implementations() {
    return List.of(VectorOps.REFERENCE, OpsProvider.get());
  }

  @Test
  void shouldGatherALaneFromEachSource() {
    for (int rows : SIZES) {
      double[][] sources = new double[8][];
      int[] from = {0, 4, 1, 0, 2, 0, 7, 3};
      double[] expected = filled(rows * 8 + 7, -1);
      for (int lane = 0; lane < 8; lane++) {
        sources[lane] = filled(from[lane] + rows, 1000 * (lane + 1));
        for (int row = 0; row < rows; row++) {
          expected[5 + row * 8 + lane] = sources[lane][from[lane] + row];
        }
      }
      double[] actual = filled(rows * 8 + 7, -1);
      Lanes.gather(rows, sources, from, actual, 5);
      assertArrayEquals(expected, actual);
    }
  }

  @Test
  void shouldGatherALaneFromEachPanel() {
    for (int rows : SIZES) {
      double[] source = filled(3 * rows * 8 + 2, 1);
      int[] from = new int[8];
      double[] expected = filled(rows * 8 + 7, -1);
      for (int lane = 0; lane < 8; lane++) {
        from[lane] = 2 + lane * lane % 3 * rows * 8 + lane;
        for (int row = 0; row < rows; row++) {
          expected[5 + row * 8 + lane] = source[from[lane] + row * 8];
        }
      }
      double[] actual = filled(rows * 8 + 7, -1);
      Lanes.gather(rows, source, from, actual, 5);
      assertArrayEquals(expected, actual);
    }
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void shouldAddColumnsOneAfterTheOther(VectorOps ops) {
    for (int rows : SIZES) {
      int n = 24;
      int k = 5;
      int[] columnOf = new int[n];
      Arrays.setAll(columnOf, i -> i * i % k);
      double[] d = new double[Packing.size(rows, n)];
      Arrays.setAll(d, i -> 1.0 / (i + 3));
      double[] expected = filled(Packing.size(rows, k), 0);
      double[] actual = expected.clone();
      for (int i = 0; i < n; i++) {
        for (int row = 0; row < Packing.paddedRows(rows); row++) {
          expected[Packing.index(row, columnOf[i], k)] += d[Packing.index(row, i, n)];
        }
      }
      ops.matrix().addColumns(rows, n, d, columnOf, k, actual);
      assertArrayEquals(expected, actual);
    }
  }

  /** first, first + 0.1, … */
  private static double[] filled(int count, double first) {
    double[] values = new double[count];
    Arrays.setAll(values, i -> first + 0.1 * i);
    return values;
  }
}
