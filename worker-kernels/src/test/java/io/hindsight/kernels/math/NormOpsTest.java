package io.hindsight.kernels.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.math.choice.OpsProvider;
import io.hindsight.kernels.panel.AlignedMemory;
import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;
import org.junit.jupiter.api.Test;

/** Layer normalisation: the chosen implementation to the bit, the reference by its formulas. */
class NormOpsTest {
  private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 8, 9, 15, 31, 33, 65, 129};
  private static final int PANEL = 2; // of three
  private static final int BLOCK = 1; // of two
  private static final int FROM = 5;

  @Test
  void shouldNormalizeToTheBitsOfTheReference() {
    for (int n : SIZES) {
      Pass expected = new Pass(VectorOps.REFERENCE, n, 3);
      Pass actual = new Pass(OpsProvider.get(), n, 3);
      assertArrayEquals(expected.y, actual.y);
      assertArrayEquals(expected.normal, actual.normal);
      assertArrayEquals(expected.v.scales(), actual.v.scales());
      assertArrayEquals(expected.v.dGain(), actual.v.dGain());
      assertArrayEquals(expected.v.values(), actual.v.values());
    }
  }

  @Test
  void shouldComputeMeanAndDeviationOfEachLane() {
    for (int n : SIZES) {
      Pass pass = new Pass(VectorOps.REFERENCE, n, 3);
      double[] v = numbers(1, pass.v.values().length);
      double[] y = numbers(3, FROM + n * 8);
      for (int lane = 0; lane < 8; lane++) {
        int first = pass.v.at(PANEL) + lane;
        double mean = 0;
        double variance = 0;
        for (int row = 0; row < n; row++) {
          mean += v[first + row * 8] / n;
        }
        for (int row = 0; row < n; row++) {
          variance += Math.pow(v[first + row * 8] - mean, 2) / n;
        }
        for (int row = 0; row < n; row++) {
          double normal = (v[first + row * 8] - mean) / Math.sqrt(variance + 1e-5);
          int i = FROM + lane + row * 8;
          assertEquals(normal, pass.normal[first + row * 8], 1e-12);
          assertEquals(y[i] + pass.gain[row] * normal, pass.y[i], 1e-12);
        }
      }
    }
  }

  /** Where the mean is a million times the deviation, seven digits of the result are left. */
  @Test
  void shouldKeepItsDigitsWhereTheMeanIsLarge() {
    Pass shifted = new Pass(VectorOps.REFERENCE, 33, 3e6);
    Pass centred = new Pass(VectorOps.REFERENCE, 33, 3);
    for (int i = shifted.v.at(PANEL); i < shifted.normal.length; i++) {
      assertEquals(centred.normal[i], shifted.normal[i], 1e-8);
    }
  }

  /** dv is at right angles to 1, and but for ε to v̂: a shift or a scale of v changes nothing. */
  @Test
  void shouldHaveNoGradientAlongShiftAndScale() {
    int n = 65;
    Pass pass = new Pass(OpsProvider.get(), n, 3);
    for (int lane = 0; lane < 8; lane++) {
      double shift = 0;
      double scale = 0;
      double size = 0;
      for (int row = 0; row < n; row++) {
        int i = pass.v.at(PANEL) + row * 8 + lane;
        shift += pass.v.values()[i];
        scale += pass.v.values()[i] * pass.normal[i];
        size += Math.abs(pass.v.values()[i]);
      }
      assertEquals(0, shift, 1e-13 * size);
      assertEquals(0, scale, 1e-4 * size);
      assertTrue(size > 1);
    }
  }

  /** Beside a y that holds the bias already, and dv in the place of v̂. */
  @Test
  void shouldBeginWithABiasAndPutTheGradientWhereItIsAsked() {
    for (int n : new int[] {1, 3, 8, 21, 64}) {
      for (VectorOps ops : new VectorOps[] {VectorOps.REFERENCE, OpsProvider.get()}) {
        Pass added = new Pass(ops, n, 3);
        Normalized v = new Normalized(new AlignedMemory(0), n, 3, 2);
        System.arraycopy(numbers(1, v.values().length), 0, v.values(), 0, v.values().length);
        double[] bias = numbers(5, n + 2);
        double[] y = new double[FROM + n * 8];
        ops.norms().normalize(v, PANEL, added.gain, bias, y, FROM);
        assertArrayEquals(added.normal, v.values());
        for (int i = 0; i < n * 8; i++) {
          double normal = v.values()[v.at(PANEL) + i];
          assertEquals(Math.fma(added.gain[i / 8], normal, bias[i / 8]), y[FROM + i]);
        }
        double[] dy = numbers(4, FROM + n * 8);
        ops.norms().normalizeBackward(v, PANEL, BLOCK, added.gain, dy, FROM, dy, FROM);
        assertArrayEquals(added.normal, v.values());
        assertArrayEquals(added.v.dGain(), v.dGain());
        for (int i = 0; i < n * 8; i++) {
          assertEquals(added.v.values()[v.at(PANEL) + i], dy[FROM + i]);
        }
      }
    }
  }

  @Test
  void shouldKeepLanesApart() {
    int n = 9;
    for (VectorOps ops : new VectorOps[] {VectorOps.REFERENCE, OpsProvider.get()}) {
      Normalized v = new Normalized(new AlignedMemory(0), n, 1, 1);
      v.values()[v.at(0) + 3 * 8 + 2] = Double.NaN;
      double[] y = new double[n * 8];
      ops.norms().addNormalized(v, 0, new double[n], y, 0);
      ops.norms()
          .normalizeBackward(v, 0, 0, new double[n], numbers(4, n * 8), 0, v.values(), v.at(0));
      for (int i = 0; i < y.length; i++) {
        assertEquals(i % 8 == 2, Double.isNaN(y[i]));
        assertEquals(i % 8 == 2, Double.isNaN(v.values()[v.at(0) + i]));
        assertEquals(i % 8 == 2, Double.isNaN(v.dGain()[v.gainAt(0) + i]));
      }
    }
  }

  /** One panel forward and backward. */
  private static final class Pass {
    final Normalized v;
    final double[] gain;
    final double[] y;
    final double[] normal;

    Pass(VectorOps ops, int n, double mean) {
      v = new Normalized(new AlignedMemory(0), n, 3, 2);
      double[] numbers = numbers(1, v.values().length);
      for (int i = 0; i < numbers.length; i++) {
        v.values()[i] = numbers[i] + (mean - 3);
      }
      gain = numbers(2, n);
      y = numbers(3, FROM + n * 8);
      ops.norms().addNormalized(v, PANEL, gain, y, FROM);
      normal = v.values().clone();
      double[] dy = numbers(4, FROM + n * 8);
      ops.norms().normalizeBackward(v, PANEL, BLOCK, gain, dy, FROM, v.values(), v.at(PANEL));
    }
  }

  private static double[] numbers(long key, int count) {
    CounterRandom random = CounterRandom.of(3, Purpose.GENERATED_DATA, key);
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextDouble(-1, 5);
    }
    return numbers;
  }
}
