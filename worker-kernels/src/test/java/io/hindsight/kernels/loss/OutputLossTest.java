package io.hindsight.kernels.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.bptt.Samples;
import io.hindsight.kernels.math.BigMath;
import io.hindsight.kernels.math.choice.OpsProvider;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.output.LossOptions;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputLossTest {
  private static final int LANE = 3;
  private static final double[] LOGITS = {0.3, -1.7, 2.25, 0.9};

  @Test
  void shouldAverageSquaredErrorsOverTheOutputs() {
    double[] targets = {9, 9, 9, 9, 0.3, -1.2, 2, 1.9};
    Sequence sequence = sequence(2).withTargets(targets);
    OutputLoss loss = loss(Loss.SQUARED_ERROR);
    assertEquals((0.25 + 0.0625 + 1) / 4, lossOf(loss, LOGITS, sequence, 1), 1e-15);
    double[] d = derivative(loss, LOGITS, sequence, 1);
    assertEquals(2 * -0.5 / 4, d[1], 1e-15);
    assertEquals(2 * -1.0 / 4, d[3], 1e-15);
  }

  @Test
  void shouldComputeSoftmaxCrossEntropyAsItsDefinition() {
    Sequence sequence = sequence(1).withClasses(new int[] {1});
    OutputLoss loss = loss(Loss.SOFTMAX_CROSS_ENTROPY);
    BigDecimal sum = BigDecimal.ZERO;
    for (double logit : LOGITS) {
      sum = sum.add(BigMath.exp(new BigDecimal(logit)));
    }
    double expected = BigMath.log(sum.doubleValue()).doubleValue() - LOGITS[1];
    assertEquals(expected, lossOf(loss, LOGITS, sequence, 0), 1e-14);
    double[] d = derivative(loss, LOGITS, sequence, 0);
    for (int o = 0; o < 4; o++) {
      double p = BigMath.exp(new BigDecimal(LOGITS[o])).doubleValue() / sum.doubleValue();
      assertEquals(o == 1 ? p - 1 : p, d[o], 1e-15);
    }
  }

  /** Only differences of logits count, however large the logits are. */
  @Test
  void shouldKeepTheDigitsOfSoftmaxCrossEntropyUnderAShift() {
    Sequence sequence = sequence(1).withClasses(new int[] {2});
    OutputLoss loss = loss(Loss.SOFTMAX_CROSS_ENTROPY);
    double[] logits = {-0.5, -4, 0, -2.25};
    double[] shifted = {1048575.5, 1048572, 1048576, 1048573.75};
    assertEquals(lossOf(loss, logits, sequence, 0), lossOf(loss, shifted, sequence, 0));
  }

  @Test
  void shouldNeitherOverflowNorLoseAHopelessClass() {
    OutputLoss loss = loss(Loss.SOFTMAX_CROSS_ENTROPY);
    double[] logits = {1e4, -1e4, 0, 0};
    Sequence right = sequence(1).withClasses(new int[] {0});
    Sequence wrong = sequence(1).withClasses(new int[] {1});
    assertEquals(0, lossOf(loss, logits, right, 0));
    assertEquals(2e4, lossOf(loss, logits, wrong, 0));
    assertEquals(-1, derivative(loss, logits, wrong, 0)[1], 1e-300);
  }

  @Test
  void shouldComputeBinaryCrossEntropyAsItsDefinition() {
    double[] targets = {1, 0, 0.25, 1};
    Sequence sequence = sequence(1).withTargets(targets);
    OutputLoss loss = loss(Loss.BINARY_CROSS_ENTROPY);
    double expected = 0;
    for (int o = 0; o < 4; o++) {
      BigDecimal z = new BigDecimal(LOGITS[o]);
      expected +=
          (targets[o] * BigMath.softplus(z.negate()).doubleValue()
                  + (1 - targets[o]) * BigMath.softplus(z).doubleValue())
              / 4;
    }
    assertEquals(expected, lossOf(loss, LOGITS, sequence, 0), 1e-15);
    double[] d = derivative(loss, LOGITS, sequence, 0);
    for (int o = 0; o < 4; o++) {
      double p = BigMath.sigmoid(new BigDecimal(LOGITS[o])).doubleValue();
      assertEquals((p - targets[o]) / 4, d[o], 1e-15);
    }
  }

  /** −(w τ log p + (1 − τ) log(1 − p)), as PyTorch's pos_weight. */
  @Test
  void shouldCountALabelThatIsThereByItsWeight() {
    double[] targets = {1, 0, 0.25, 1};
    List<Double> weights = List.of(3.0, 50.0, 2.0, 0.5);
    LossOptions options = LossOptions.NONE.withPositiveWeights(weights);
    OutputLoss loss =
        OutputLoss.of(
            new OutputSpec(4, Loss.BINARY_CROSS_ENTROPY, At.EVERY_STEP, options),
            OpsProvider.get());
    Sequence sequence = sequence(1).withTargets(targets);
    double expected = 0;
    for (int o = 0; o < 4; o++) {
      BigDecimal z = new BigDecimal(LOGITS[o]);
      expected +=
          (weights.get(o) * targets[o] * BigMath.softplus(z.negate()).doubleValue()
                  + (1 - targets[o]) * BigMath.softplus(z).doubleValue())
              / 4;
    }
    assertEquals(expected, lossOf(loss, LOGITS, sequence, 0), 1e-15);
    double[] d = derivative(loss, LOGITS, sequence, 0);
    for (int o = 0; o < 4; o++) {
      double p = BigMath.sigmoid(new BigDecimal(LOGITS[o])).doubleValue();
      double slope = (1 - targets[o]) * p - weights.get(o) * targets[o] * (1 - p);
      assertEquals(slope / 4, d[o], 1e-15);
    }
    double[] huge = {1e4, -1e4, 1e4, -1e4};
    Sequence wrong = sequence(1).withTargets(new double[] {1, 0, 0, 1});
    assertEquals((1e4 + 0.5e4) / 2 / 2, lossOf(loss, huge, wrong, 0), 1e-12);
  }

  @Test
  void shouldKeepBinaryCrossEntropyFiniteAtHugeLogits() {
    OutputLoss loss = loss(Loss.BINARY_CROSS_ENTROPY);
    double[] logits = {1e4, -1e4, 1e4, -1e4};
    Sequence sequence = sequence(1).withTargets(new double[] {1, 0, 0, 1});
    assertEquals(2e4 / 4, lossOf(loss, logits, sequence, 0), 1e-12);
  }

  @Test
  void shouldAnswerNaNToNaNLogits() {
    for (Loss kind : Samples.stepLosses()) {
      Sequence inputs = sequence(1);
      Sequence sequence =
          kind.targetsAreClasses()
              ? inputs.withClasses(new int[] {3}) // the highest of an order sees all logits
              : inputs.withTargets(new double[4]);
      double[] logits = new double[output(kind).logits()];
      logits[2] = Double.NaN;
      assertTrue(Double.isNaN(lossOf(loss(kind), logits, sequence, 0)), kind::toString);
    }
  }

  @Test
  void shouldLoseNothingWhereThereAreNoTargets() {
    for (Loss kind : Samples.stepLosses()) {
      assertEquals(0, lossOf(loss(kind), new double[output(kind).logits()], sequence(1), 0));
    }
  }

  @Test
  void shouldAddNoLossOfLanesThatAreNotScored() {
    for (Loss kind : Samples.stepLosses()) {
      double[] sums = {1, 2, 3, 4, 5, 6, 7, 8};
      double[] z = lane(new double[output(kind).logits()]);
      loss(kind).forward(z, 0, new LaneTargets(), sums, 0);
      assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, sums, kind::toString);
    }
  }

  @Test
  void shouldNameTheSequenceThatHasNoTargetsToDifferentiate() {
    LaneTargets targets = targets(sequence(2), 1);
    String message = assertThrows(IllegalStateException.class, targets::requireAll).getMessage();
    assertTrue(message.contains("'a', scored at step 1"), message);
  }

  private static double lossOf(OutputLoss loss, double[] logits, Sequence sequence, int step) {
    double[] sums = new double[1 + 8];
    loss.forward(lane(logits), 0, targets(sequence, step), sums, 1);
    double value = sums[1 + LANE];
    sums[1 + LANE] = 0;
    assertArrayEquals(new double[1 + 8], sums, "the other lanes");
    return value;
  }

  /** dE/dlogits of the lane, whose block starts at 8; the other lanes must be zero. */
  private static double[] derivative(OutputLoss loss, double[] logits, Sequence sequence, int t) {
    double[] z = new double[8 + 8 * logits.length + 8];
    System.arraycopy(lane(logits), 0, z, 8, 8 * logits.length);
    LaneTargets targets = targets(sequence, t);
    loss.forward(z, 8, targets, new double[8], 0);
    loss.backward(z, 8, targets);
    double[] d = new double[logits.length];
    for (int o = 0; o < d.length; o++) {
      d[o] = z[8 + LANE + 8 * o];
      z[8 + LANE + 8 * o] = 0;
    }
    assertArrayEquals(new double[z.length], z, "the other lanes");
    return d;
  }

  private static LaneTargets targets(Sequence sequence, int step) {
    LaneTargets targets = new LaneTargets();
    targets.add(LANE, Window.whole(sequence), step);
    return targets;
  }

  /** One lane of a block whose other lanes, not scored, hold what must not matter. */
  private static double[] lane(double[] logits) {
    double[] others = {7, Double.NaN, -1e308, 0, Double.POSITIVE_INFINITY, -0.0, 1e308, 0};
    double[] z = new double[8 * logits.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = i % 8 == LANE ? logits[i / 8] : others[i % 8];
    }
    return z;
  }

  private static Sequence sequence(int length) {
    return Sequence.ofTokens("a", new int[length]);
  }

  private static OutputLoss loss(Loss loss) {
    return OutputLoss.of(output(loss), OpsProvider.get());
  }

  private static OutputSpec output(Loss loss) {
    return Samples.output(loss, At.EVERY_STEP);
  }
}
