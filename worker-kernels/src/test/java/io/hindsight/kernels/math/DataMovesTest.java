package io.hindsight.kernels.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.hindsight.kernels.math.choice.OpsProvider;
import io.hindsight.kernels.panel.AlignedMemory;
import io.hindsight.kernels.panel.Lanes;
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
      ops.matrix().addColumns(0, rows, n, d, 0, columnOf, k, actual);
      assertArrayEquals(expected, actual);
    }
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void shouldMultiplyUnitsByTheNumberOfTheirLane(VectorOps ops) {
    for (int units : SIZES) {
      UnitFactors factors = someStruck(units);
      double[] x = filled(units * 8 + 3, 0.7);
      double[] y = filled(units * 8 + 5, -9);
      double[] expected = y.clone();
      for (int j = 0; j < units * 8; j++) {
        expected[5 + j] = x[3 + j] * (isStruck(units, j) ? 0.25 : 1.25);
      }
      ops.gates().scale(factors, 2, x, 3, y, 5);
      assertArrayEquals(expected, y);
    }
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void shouldMixTwoPanelsAndGiveEachItsPartOfTheGradient(VectorOps ops) {
    for (int units : SIZES) {
      UnitFactors factors = someStruck(units);
      double[] x = filled(units * 8 + 3, 0.7);
      double[] y = filled(units * 8 + 5, -9);
      double[] mixed = y.clone();
      double[] kept = filled(units * 8 + 5, 3);
      double[] left = y.clone();
      for (int j = 0; j < units * 8; j++) {
        double f = isStruck(units, j) ? 0.25 : 1.25;
        mixed[5 + j] = f * x[3 + j] + (1 - f) * y[5 + j];
        kept[5 + j] = f * y[5 + j];
        left[5 + j] = (1 - f) * y[5 + j];
      }
      double[] chosen = y.clone();
      ops.gates().choose(factors, 2, x, 3, chosen, 5);
      assertArrayEquals(mixed, chosen);
      double[] dx = filled(units * 8 + 5, 3);
      ops.gates().chooseBackward(factors, 2, dx, 5, y, 5);
      assertArrayEquals(kept, dx);
      assertArrayEquals(left, y);
    }
  }

  /** Of three panels; 0.25 for the units of the last that {@link #isStruck}, 1.25 for others. */
  private static UnitFactors someStruck(int units) {
    UnitFactors factors = new UnitFactors(units, 0.25, 1.25);
    factors.reserve(3, new AlignedMemory(0));
    Arrays.fill(factors.struck(), (byte) 0xA5);
    Arrays.fill(factors.struck(), factors.at(2), factors.at(3), (byte) 0);
    for (int j = 0; j < units * 8; j++) {
      if (isStruck(units, j)) {
        factors.struck()[factors.at(2) + j / 8] |= (byte) (1 << j % 8);
      }
    }
    return factors;
  }

  private static boolean isStruck(int units, int j) {
    return (j * j + units) % 3 == 0;
  }

  /** first, first + 0.1, … */
  private static double[] filled(int count, double first) {
    double[] values = new double[count];
    Arrays.setAll(values, i -> first + 0.1 * i);
    return values;
  }
}
