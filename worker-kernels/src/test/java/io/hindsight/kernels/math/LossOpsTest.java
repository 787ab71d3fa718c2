package io.hindsight.kernels.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.kernels.math.choice.OpsProvider;
import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every implementation against the losses of one lane, written out, to the bit. */
class LossOpsTest {
  private static final int[] SIZES = {1, 2, 3, 7, 8, 9, 15, 31, 33, 65, 129};
  private static final int FROM = 5;
  private static final int KINDS = 5;

  static List<VectorOps> implementations() {
    return List.of(VectorOps.REFERENCE, OpsProvider.get());
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void shouldComputeSoftmaxLaneByLane(VectorOps ops) {
    for (int outputs : SIZES) {
      for (int kind = 0; kind < KINDS; kind++) {
        double[] expected = logits(kind, outputs);
        double[] z = expected.clone();
        double[] max = new double[9];
        double[] sum = new double[9];
        ops.losses().softmax(outputs, z, FROM, max, sum);
        for (int lane = 0; lane < 8; lane++) {
          double m = Double.NEGATIVE_INFINITY;
          double s = 0;
          for (int o = 0; o < outputs; o++) {
            m = Math.max(m, expected[at(o, lane)]);
          }
          for (int o = 0; o < outputs; o++) {
            s += ScalarMath.exp(expected[at(o, lane)] - m);
          }
          for (int o = 0; o < outputs; o++) {
            expected[at(o, lane)] = ScalarMath.exp(expected[at(o, lane)] - m) / s;
          }
          String place = "O %d, kind %d, lane %d".formatted(outputs, kind, lane);
          assertEquals(m, max[lane], place);
          assertEquals(s, sum[lane], place);
        }
        assertArrayEquals(expected, z, "O %d, kind %d".formatted(outputs, kind));
        assertEquals(0, max[8] + sum[8], "only 8 lanes");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void shouldSumTheErrorsOfEveryLane(VectorOps ops) {
    for (int outputs : SIZES) {
      for (int kind = 0; kind < KINDS; kind++) {
        double[] z = logits(kind, outputs);
        double[] targets = numbers(outputs, outputs * 8);
        double[] squared = new double[8];
        double[] entropy = new double[8];
        ops.losses().squaredError(outputs, z, FROM, targets, squared);
        ops.losses().binaryCrossEntropy(outputs, z, FROM, targets, entropy);
        assertArrayEquals(logits(kind, outputs), z, "logits are only read");
        for (int lane = 0; lane < 8; lane++) {
          double squares = 0;
          double entropies = 0;
          for (int o = 0; o < outputs; o++) {
            double logit = z[at(o, lane)];
            double target = targets[o * 8 + lane];
            squares = Math.fma(logit - target, logit - target, squares);
            entropies += Math.fma(-target, logit, ScalarMath.softplus(logit));
          }
          String place = "O %d, kind %d, lane %d".formatted(outputs, kind, lane);
          assertEquals(squares, squared[lane], place);
          assertEquals(entropies, entropy[lane], place);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void shouldScaleErrorsAndTouchNothingElse(VectorOps ops) {
    for (int outputs : SIZES) {
      for (int kind = 0; kind < KINDS; kind++) {
        double[] y = logits(kind, outputs);
        double[] targets = numbers(outputs, outputs * 8);
        double[] expected = y.clone();
        for (int i = 0; i < outputs * 8; i++) {
          expected[FROM + i] = 2.0 * (y[FROM + i] - targets[i]) / outputs;
        }
        ops.losses().scaledError(outputs, 2.0, y, FROM, targets);
        assertArrayEquals(expected, y);
      }
    }
  }

  private static int at(int o, int lane) {
    return FROM + o * 8 + lane;
  }

  /**
   * A block of logits and more on both sides: harmless, huge, or with special values here and
   * there.
   */
  private static double[] logits(int kind, int outputs) {
    double[] z = numbers(100 + kind, FROM + outputs * 8 + FROM);
    double[] special = {
      0.0, -0.0, Double.NaN, 1e308, -1e308, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
    };
    for (int i = 0; i < z.length; i++) {
      switch (kind) {
        case 0 -> z[i] *= 3;
        case 1 -> z[i] *= 800;
        case 2 -> z[i] = special[i * 5 % special.length];
        case 3 -> z[i] = i % 37 == 0 ? special[i / 37 % special.length] : z[i];
        default -> z[i] = i % 3 == 0 ? 0.0 : -0.0;
      }
    }
    return z;
  }

  private static double[] numbers(long key, int count) {
    CounterRandom random = CounterRandom.of(5, Purpose.GENERATED_DATA, key);
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextDouble(-2, 2);
    }
    return numbers;
  }
}
