package io.hindsight.kernels.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.math.BigMath;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CumulativeLogitsTest {
  private static final int LANE = 5;
  private static final int LANES = LaneTargets.LANES;

  /** softplus(ln(e − 1)) = 1: thresholds 1, 0, −1 between four classes. */
  private static final double ONE_LOWER = Math.log(Math.E - 1);

  private static final double[] WORKED = {1, ONE_LOWER, ONE_LOWER};

  /** σ(1) = 0.7310585786300049. */
  @Test
  void shouldAnswerTheProbabilitiesBetweenThresholdsWorkedByHand() {
    double[] expected = {
      0.2689414213699951, 0.2310585786300049, 0.2310585786300049, 0.2689414213699951
    };
    assertArrayEquals(expected, answer(WORKED), 1e-15);
    assertEquals(-Math.log(0.2689414213699951), lossOf(WORKED, 0, 1), 1e-15);
    assertEquals(-Math.log(0.2310585786300049), lossOf(WORKED, 1, 1), 1e-14);
    assertEquals(-Math.log(0.2310585786300049), lossOf(WORKED, 2, 1), 1e-14);
    assertEquals(-Math.log(0.2689414213699951), lossOf(WORKED, 3, 1), 1e-15);
  }

  /** Of the second class dE/dθ₀ = −σ(−1), dE/dθ₁ = σ(0), and σ(z₁) = 1 − 1/e. */
  @Test
  void shouldDifferentiateAWorkedExample() {
    double slope = 1 - 1 / Math.E;
    double[] expected = {0.5 - 0.2689414213699951, -0.5 * slope - 1 / Math.E, 0};
    assertArrayEquals(expected, derivative(WORKED, 1), 1e-15);
  }

  /** With two classes it is the logistic regression of the higher one. */
  @Test
  void shouldBeLogisticRegressionOfTwoClasses() {
    double p = 1 / (1 + Math.exp(-0.75));
    assertArrayEquals(new double[] {1 - p, p}, answer(new double[] {0.75}), 1e-15);
    assertEquals(-Math.log(p), lossOf(new double[] {0.75}, 1, 1), 1e-15);
    assertArrayEquals(new double[] {p - 1}, derivative(new double[] {0.75}, 1), 1e-15);
    assertArrayEquals(new double[] {p}, derivative(new double[] {0.75}, 0), 1e-15);
  }

  @Test
  void shouldKeepTheDigitsOfItsDefinition() {
    Random random = new Random(8);
    for (int i = 0; i < 60; i++) {
      double[] z = random.doubles(4, -30, 30).toArray();
      double[] p = answer(z);
      for (int y = 0; y < 5; y++) {
        double expected = defined(z, y).doubleValue();
        assertEquals(expected, p[y], 1e-14 * expected, "class " + y);
        double surprise = -BigMath.log(expected).doubleValue();
        assertEquals(surprise, lossOf(z, y, 1), 1e-14 * Math.max(1, surprise), "class " + y);
      }
    }
  }

  @Test
  void shouldDifferentiateAsCentralDifferencesDo() {
    Random random = new Random(9);
    double h = 1e-5;
    for (int i = 0; i < 200; i++) {
      double[] z = random.doubles(4, -6, 6).toArray();
      int y = i % 5;
      double[] d = derivative(z, y);
      for (int j = 0; j < z.length; j++) {
        double[] up = z.clone();
        double[] down = z.clone();
        up[j] += h;
        down[j] -= h;
        double expected = (lossOf(up, y, 1) - lossOf(down, y, 1)) / (2 * h);
        assertEquals(expected, d[j], 1e-8, "class %d, logit %d".formatted(y, j));
      }
    }
  }

  @Test
  void shouldStayFiniteAtExtremeLogits() {
    double[] extremes = {-1e6, -709, 0, 709, 1e6};
    for (double first : extremes) {
      for (double second : extremes) {
        for (double third : extremes) {
          double[] z = {first, second, third};
          double sum = 0;
          for (int y = 0; y < 4; y++) {
            double loss = lossOf(z, y, 1);
            assertTrue(loss >= 0 && loss < 1e7, () -> "loss " + loss);
            for (double d : derivative(z, y)) {
              assertTrue(Math.abs(d) <= 1, () -> "derivative " + d);
            }
            sum += answer(z)[y];
          }
          assertEquals(1, sum, 1e-14);
        }
      }
    }
    assertEquals(1e6, lossOf(new double[] {1e6, 0, 0}, 0, 1));
  }

  @Test
  void shouldCountALossByTheWeightOfItsStep() {
    assertEquals(2.5 * lossOf(WORKED, 2, 1), lossOf(WORKED, 2, 2.5), 1e-15);
  }

  /** σ(θ_{y−1}) − σ(θ_y) to 60 digits. */
  private static BigDecimal defined(double[] z, int y) {
    BigDecimal threshold = new BigDecimal(z[0]);
    BigDecimal above = BigDecimal.ONE;
    for (int k = 0; k <= y; k++) {
      BigDecimal before = above;
      threshold =
          k == 0 || k == z.length
              ? threshold
              : threshold.subtract(BigMath.softplus(new BigDecimal(z[k])));
      above = k == z.length ? BigDecimal.ZERO : BigMath.sigmoid(threshold);
      if (k == y) {
        return before.subtract(above);
      }
    }
    throw new IllegalArgumentException("class " + y);
  }

  private static double[] answer(double[] z) {
    double[] answer = new double[2 + z.length + 1];
    System.arraycopy(z, 0, answer, 2, z.length);
    CumulativeLogits.answer(answer, 2, z.length + 1);
    double[] p = new double[z.length + 1];
    System.arraycopy(answer, 2, p, 0, p.length);
    return p;
  }

  private static double lossOf(double[] z, int y, double weight) {
    double[] sums = new double[LANES];
    loss(z).forward(block(z), LANES, targets(y, weight), sums, 0);
    return sums[LANE];
  }

  private static double[] derivative(double[] z, int y) {
    double[] block = block(z);
    OutputLoss loss = loss(z);
    LaneTargets targets = targets(y, 1);
    loss.forward(block, LANES, targets, new double[LANES], 0);
    loss.backward(block, LANES, targets);
    double[] d = new double[z.length];
    for (int j = 0; j < d.length; j++) {
      d[j] = block[LANES + j * LANES + LANE];
      block[LANES + j * LANES + LANE] = 0;
    }
    assertArrayEquals(new double[block.length], block, "the other lanes");
    return d;
  }

  private static double[] block(double[] z) {
    double[] block = new double[LANES * (1 + z.length)];
    for (int j = 0; j < z.length; j++) {
      block[LANES + j * LANES + LANE] = z[j];
      block[LANES + j * LANES + 1] = Double.NaN;
    }
    return block;
  }

  private static LaneTargets targets(int y, double weight) {
    LaneTargets targets = new LaneTargets();
    Sequence sequence =
        Sequence.ofTokens("a", new int[1])
            .withClasses(new int[] {y})
            .withWeights(new double[] {weight});
    targets.add(LANE, Window.whole(sequence), 0);
    return targets;
  }

  private static OutputLoss loss(double[] z) {
    return new CumulativeLogits(
        new OutputSpec(z.length + 1, Loss.CUMULATIVE_LOGITS, At.EVERY_STEP));
  }
}
