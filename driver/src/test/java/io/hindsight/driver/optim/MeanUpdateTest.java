package io.hindsight.driver.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hindsight.driver.optim.OptimizerSpec.AdaGrad;
import io.hindsight.driver.optim.OptimizerSpec.Adam;
import io.hindsight.driver.optim.OptimizerSpec.RmsProp;
import io.hindsight.driver.optim.OptimizerSpec.Sgd;
import io.hindsight.driver.optim.Reach.Decay;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.network.EmbeddingSpec;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.network.StateNoise;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MeanUpdateTest {
  private static final double RATE = 0.01;
  private static final int ROWS = 6;
  private static final GradientClipper CLIP = new GradientClipper.ByNorm(0.5);

  /** A normalised LSTM, which has every kind of block, and two tables. */
  private static final ParameterLayout LAYOUT =
      new ParameterLayout(
          new NetworkSpec(
              InputSpec.dense(
                  1, 0, List.of(new EmbeddingSpec(ROWS, 3, false), new EmbeddingSpec(4, 2, true))),
              List.of(new RecurrentSpec(new LstmCell(), 3, false, true, false, StateNoise.NONE)),
              new OutputSpec(2, Loss.SQUARED_ERROR, At.EVERY_STEP)));

  static Stream<OptimizerSpec> optimizers() {
    return Stream.of(
        new Sgd(0, 0, false, 0.1),
        new Sgd(0.9, 0.1, false, 0.1),
        new Sgd(0.9, 0, true, 0.1),
        new RmsProp(0.9, 1e-8, false, 0, 0.1),
        new RmsProp(0.9, 1e-8, false, 0.5, 0.1),
        new RmsProp(0.9, 1e-8, true, 0, 0.1),
        new RmsProp(0.9, 1e-8, true, 0.5, 0.1),
        new AdaGrad(0.01, 0.1, 1e-10, 0.1),
        new Adam(0.9, 0.99, 1e-8, false, 0.1, false),
        new Adam(0.9, 0.99, 1e-8, true, 0.1, true));
  }

  /** By PyTorch's definition rows that do not occur have a gradient, which is zero. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void shouldUpdateAllRowsAsByAWholeGradient(OptimizerSpec spec) {
    double[] weights = random(-1);
    double[] expected = weights.clone();
    Optimizer optimizer = optimizer(spec);
    Optimizer plain = optimizer(spec);
    MeanUpdate update = new MeanUpdate(LAYOUT, Reach.DEFAULT);
    for (int step = 0; step < 8; step++) {
      double[] gradient = gradient(step);
      ClipResult clip =
          update.make(GradientSum.ofMean(LAYOUT, gradient), CLIP, optimizer, weights, RATE);
      plain.update(expected, gradient, clip.factor(), RATE);
      assertArrayEquals(expected, weights);
    }
  }

  /** A row is updated where it occurs as one that is all there is, and stays as it is elsewhere. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void shouldLeaveRowsThatDoNotOccurAsTheyAre(OptimizerSpec spec) {
    double[] weights = random(-1);
    Optimizer optimizer = optimizer(spec);
    MeanUpdate update = new MeanUpdate(LAYOUT, new Reach(Decay.ALL, true));
    for (int step = 0; step < 8; step++) {
      double[] before = weights.clone();
      double[][] slots = slots(optimizer);
      double[] gradient = gradient(step);
      update.make(GradientSum.ofMean(LAYOUT, gradient), CLIP, optimizer, weights, RATE);
      double[][] after = slots(optimizer);
      for (int i = 0; i < weights.length; i++) {
        if (gradient[i] == 0) {
          assertEquals(before[i], weights[i]);
          for (int slot = 0; slot < slots.length; slot++) {
            assertEquals(slots[slot][i], after[slot][i]);
          }
        } else {
          assertNotEquals(before[i], weights[i]);
        }
      }
    }
  }

  /** Rows that all occur are updated alike, sparse or not. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void shouldUpdateRowsThatOccurAlike(OptimizerSpec spec) {
    double[] weights = random(-1);
    double[] sparse = weights.clone();
    Optimizer ofAll = optimizer(spec);
    Optimizer ofSparse = optimizer(spec);
    for (int step = 0; step < 8; step++) {
      GradientSum mean = GradientSum.ofMean(LAYOUT, random(step));
      new MeanUpdate(LAYOUT, Reach.DEFAULT).make(mean, CLIP, ofAll, weights, RATE);
      new MeanUpdate(LAYOUT, new Reach(Decay.ALL, true)).make(mean, CLIP, ofSparse, sparse, RATE);
    }
    assertArrayEquals(weights, sparse);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void shouldLetVectorsBeLeftOutOfDecay(OptimizerSpec spec) {
    double[] all = random(-1);
    double[] matrices = all.clone();
    Optimizer ofAll = optimizer(spec);
    Optimizer ofMatrices = optimizer(spec);
    for (int step = 0; step < 2; step++) {
      GradientSum mean = GradientSum.ofMean(LAYOUT, random(step));
      new MeanUpdate(LAYOUT, Reach.DEFAULT).make(mean, CLIP, ofAll, all, RATE);
      new MeanUpdate(LAYOUT, new Reach(Decay.MATRICES, false))
          .make(mean, CLIP, ofMatrices, matrices, RATE);
    }
    for (Block block : LAYOUT.blocks()) {
      double[] one = Arrays.copyOfRange(all, block.offset(), block.end());
      double[] other = Arrays.copyOfRange(matrices, block.offset(), block.end());
      boolean decays = !block.name().contains("bias") && !block.name().contains(".ln_");
      assertEquals(decays, Arrays.equals(one, other), block.name());
    }
  }

  @Test
  void shouldClipValuesOfRows() {
    double[] gradient = new double[LAYOUT.size()];
    gradient[0] = 3;
    gradient[LAYOUT.size() - 1] = -4;
    double[] weights = new double[LAYOUT.size()];
    ClipResult clip =
        new MeanUpdate(LAYOUT, Reach.DEFAULT)
            .make(
                GradientSum.ofMean(LAYOUT, gradient),
                new GradientClipper.ByValue(2),
                optimizer(new Sgd(0, 0, false, 0)),
                weights,
                1);
    assertEquals(5, clip.norm());
    assertEquals(-2, weights[0]);
    assertEquals(2, weights[LAYOUT.size() - 1]);
  }

  @Test
  void shouldChangeNothingWhereARowIsNotFinite() {
    double[] gradient = random(1);
    gradient[LAYOUT.size() - 1] = Double.NaN;
    double[] weights = random(2);
    Optimizer optimizer = optimizer(new Sgd(0, 0, false, 0));
    assertThrows(
        NonFiniteGradientException.class,
        () ->
            new MeanUpdate(LAYOUT, Reach.DEFAULT)
                .make(GradientSum.ofMean(LAYOUT, gradient), CLIP, optimizer, weights, 1));
    assertArrayEquals(random(2), weights);
    assertEquals(0, optimizer.step());
  }

  private static Optimizer optimizer(OptimizerSpec spec) {
    return Optimizer.create(spec, LAYOUT.size());
  }

  private static double[][] slots(Optimizer optimizer) {
    return optimizer.slots().values().stream().map(double[]::clone).toArray(double[][]::new);
  }

  private static double[] random(int step) {
    return new Random(step).doubles(LAYOUT.size(), -1, 1).toArray();
  }

  /** Some rows of the tables are zero, other ones at each step. */
  private static double[] gradient(int step) {
    double[] gradient = random(step);
    int rows = LAYOUT.rows().count();
    for (int row = step % 3; row < rows; row += 2) {
      int from = LAYOUT.rows().offset(row);
      Arrays.fill(gradient, from, from + LAYOUT.rows().width(row), 0);
    }
    return gradient;
  }
}
