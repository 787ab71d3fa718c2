package io.hindsight.driver.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.optim.OptimizerSpec.AdaGrad;
import io.hindsight.driver.optim.OptimizerSpec.Adam;
import io.hindsight.driver.optim.OptimizerSpec.RmsProp;
import io.hindsight.driver.optim.OptimizerSpec.Sgd;
import io.hindsight.driver.step.ParallelLoop;
import io.hindsight.driver.step.TaskThreads;
import io.hindsight.kernels.parallel.RangeLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Updates of many weights by several threads against those of one, to the bit. */
class ParallelUpdateTest {
  /** No multiple of a vector, a chunk or a number of threads. */
  private static final int PARAMETERS = 300_011;

  private static final int STEPS = 3;

  private static final List<ParallelLoop> LOOPS =
      Stream.of(1, 2, 3, 8)
          .map(threads -> new ParallelLoop(new TaskThreads("parallel-update-test", threads)))
          .toList();

  @AfterAll
  static void end() {
    LOOPS.forEach(ParallelLoop::close);
  }

  static Stream<OptimizerSpec> optimizers() {
    return Stream.of(
        new Sgd(0, 0, false, 0.01),
        new Sgd(0.9, 0.5, false, 0),
        new Sgd(0.9, 0, true, 0.01),
        new RmsProp(0.9, 1e-8, false, 0, 0.01),
        new RmsProp(0.9, 1e-8, false, 0.5, 0),
        new RmsProp(0.9, 1e-8, true, 0, 0),
        new RmsProp(0.9, 1e-8, true, 0.5, 0.01),
        new AdaGrad(0.01, 0.1, 1e-10, 0.01),
        new Adam(0.9, 0.99, 1e-8, false, 0.05, false),
        new Adam(0.9, 0.99, 1e-8, true, 0.05, false),
        new Adam(0.9, 0.99, 1e-8, false, 0.05, true));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void shouldUpdateToTheSameBits(OptimizerSpec spec) {
    UpdateRanges ranges =
        new UpdateRanges()
            .add(0, 100_003, true)
            .add(100_003, 100_004, false)
            .add(100_200, PARAMETERS - 5, true); // and some weights in no range
    List<double[]> serial = updated(spec, ranges, RangeLoop.SERIAL);
    assertEquals(weight(100_100), serial.get(0)[100_100], "in no range");
    for (ParallelLoop loop : LOOPS) {
      List<double[]> parallel = updated(spec, ranges, loop);
      for (int i = 0; i < serial.size(); i++) {
        assertArrayEquals(serial.get(i), parallel.get(i));
      }
    }
  }

  @Test
  void shouldUpdateAFewRangesOfManyWeightsToTheSameBits() {
    UpdateRanges few = new UpdateRanges();
    for (int from = 17; from < PARAMETERS - 8; from += 4999) {
      few.add(from, from + 8, true);
    }
    OptimizerSpec spec = Adam.DEFAULT_DECOUPLED;
    List<double[]> serial = updated(spec, few, RangeLoop.SERIAL);
    assertTrue(serial.get(0)[17] != weight(17) && serial.get(0)[16] == weight(16));
    List<double[]> parallel = updated(spec, few, LOOPS.get(2));
    assertArrayEquals(serial.get(0), parallel.get(0));
  }

  /** The weights, and the optimizer's arrays. */
  private static List<double[]> updated(OptimizerSpec spec, UpdateRanges ranges, RangeLoop loop) {
    double[] weights = new double[PARAMETERS];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = weight(i);
    }
    Optimizer optimizer = Optimizer.create(spec, PARAMETERS);
    for (int step = 0; step < STEPS; step++) {
      optimizer.update(weights, gradient(step), ranges, 0.7, 1e-3, loop);
    }
    List<double[]> all = new ArrayList<>(List.of(weights));
    all.addAll(optimizer.slots().values());
    return all;
  }

  private static double weight(int i) {
    return i % 97 / 97.0 - 0.5;
  }

  private static double[] gradient(int seed) {
    double[] gradient = new Random(seed).doubles(PARAMETERS, -1, 1).toArray();
    gradient[PARAMETERS / 3] = Double.MIN_VALUE;
    gradient[PARAMETERS / 2] = -0.0;
    return gradient;
  }

  static Stream<GradientClipper> clippers() {
    return Stream.of(
        new GradientClipper.None(),
        new GradientClipper.ByNorm(1),
        new GradientClipper.ByValue(0.25));
  }

  @ParameterizedTest
  @MethodSource("clippers")
  void shouldClipToTheSameBits(GradientClipper clipper) {
    double[] serial = gradient(7);
    ClipResult clip = clipper.clip(serial);
    for (ParallelLoop loop : LOOPS) {
      double[] parallel = gradient(7);
      assertEquals(clip, clipper.clip(parallel, loop));
      assertArrayEquals(serial, parallel);
    }
  }

  @ParameterizedTest
  @MethodSource("clippers")
  void shouldNameTheFirstElementThatIsNotFinite(GradientClipper clipper) {
    for (ParallelLoop loop : LOOPS) {
      double[] gradient = gradient(7);
      gradient[200_001] = Double.NaN;
      gradient[299_999] = Double.POSITIVE_INFINITY;
      NonFiniteGradientException refusal =
          assertThrows(NonFiniteGradientException.class, () -> clipper.clip(gradient, loop));
      assertEquals(200_001, refusal.index());
    }
  }
}
