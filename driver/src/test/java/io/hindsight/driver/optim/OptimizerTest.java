package io.hindsight.driver.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.hindsight.driver.optim.OptimizerSpec.AdaGrad;
import io.hindsight.driver.optim.OptimizerSpec.Adam;
import io.hindsight.driver.optim.OptimizerSpec.RmsProp;
import io.hindsight.driver.optim.OptimizerSpec.Sgd;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Expected weights were computed from PyTorch's definitions in 50-digit decimal arithmetic. */
@Tag("vectors")
class OptimizerTest {
  private static final double[] GRADIENTS = {0.5, -0.25, 2, 0.125, -1};

  private static final double[] ODD = {
    Double.NaN, Double.NEGATIVE_INFINITY, -0.0, 0.0, Double.MIN_VALUE, -1e-310, 1e200, 1e-200
  };

  static Stream<Arguments> workedNumbers() {
    return Stream.of(
        Arguments.of(new Sgd(0, 0, false, 0), 0.1, 0.862500),
        Arguments.of(new Sgd(0, 0, false, 0.01), 0.1, 0.858047065179949),
        Arguments.of(new Sgd(0.9, 0, false, 0), 0.1, 0.415470),
        Arguments.of(new Sgd(0.9, 0.5, false, 0.01), 0.1, 0.5973157832819468),
        Arguments.of(new Sgd(0.9, 0, true, 0.01), 0.1, 0.3229615813693563),
        Arguments.of(new RmsProp(0.9, 1e-8, false, 0, 0), 0.01, 0.9654270984125092),
        Arguments.of(new RmsProp(0.9, 1e-8, false, 0.5, 0.01), 0.01, 0.9230517004999846),
        Arguments.of(new RmsProp(0.9, 1e-8, true, 0, 0), 0.01, 0.9619586743761084),
        Arguments.of(new RmsProp(0.9, 1e-8, true, 0.5, 0), 0.01, 0.9182445279573580),
        Arguments.of(new AdaGrad(0.01, 0.1, 1e-10, 0.01), 0.05, 0.9465615737736592),
        Arguments.of(new Adam(0.9, 0.99, 1e-8, false, 0, false), 0.01, 0.9727546525123502),
        Arguments.of(new Adam(0.9, 0.99, 1e-8, true, 0, false), 0.01, 0.9727732353575953),
        Arguments.of(new Adam(0.9, 0.9, 1e-8, true, 0, false), 0.01, 0.9733692966347374),
        Arguments.of(new Adam(0.9, 0.99, 1e-8, false, 0.05, false), 0.01, 0.9706942211526634),
        Arguments.of(new Adam(0.9, 0.99, 1e-8, false, 0.05, true), 0.01, 0.9702907249314680));
  }

  @ParameterizedTest
  @MethodSource("workedNumbers")
  void shouldFollowPyTorchsDefinition(OptimizerSpec spec, double rate, double expected) {
    Optimizer optimizer = Optimizer.create(spec, 1);
    double[] weights = {1};
    for (double gradient : GRADIENTS) {
      optimizer.update(weights, new double[] {gradient}, 1, rate);
    }
    assertEquals(expected, weights[0], 2e-15);
    assertEquals(GRADIENTS.length, optimizer.step());
  }

  @ParameterizedTest
  @MethodSource("workedNumbers")
  void shouldResumeToTheSameBits(OptimizerSpec spec, double rate, double ignored) {
    int parameters = 37;
    double[] straight = gradient(parameters, -1);
    double[] broken = straight.clone();
    Optimizer through = Optimizer.create(spec, parameters);
    Optimizer first = Optimizer.create(spec, parameters);
    run(through, straight, 0, 30, rate);
    run(first, broken, 0, 13, rate);
    Optimizer second = Optimizer.create(spec, parameters);
    second.restore(first.step(), copies(first));
    run(second, broken, 13, 30, rate);
    assertArrayEquals(straight, broken, 0.0);
    assertEquals(through.step(), second.step());
  }

  @ParameterizedTest
  @MethodSource("workedNumbers")
  void shouldNotAllocateInAnUpdate(OptimizerSpec spec, double rate, double ignored) {
    double[] weights = new double[100];
    double[] gradient = gradient(100, 0);
    Optimizer optimizer = Optimizer.create(spec, 100);
    optimizer.update(weights, gradient, 1, rate);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    threads.getThreadAllocatedBytes(id);
    long before = threads.getThreadAllocatedBytes(id);
    for (int i = 0; i < 100; i++) {
      optimizer.update(weights, gradient, 1, rate);
    }
    long allocated = threads.getThreadAllocatedBytes(id) - before;
    assertTrue(allocated < 800, () -> allocated + " bytes in 100 updates");
  }

  @ParameterizedTest
  @MethodSource("workedNumbers")
  void shouldMultiplyTheGradientByTheFactorFirst(OptimizerSpec spec, double rate, double ignored) {
    double[] weights = gradient(50, -1);
    double[] expected = weights.clone();
    Optimizer byFactor = Optimizer.create(spec, 50);
    Optimizer byHand = Optimizer.create(spec, 50);
    for (int step = 0; step < 5; step++) {
      double[] gradient = gradient(50, step);
      double factor = 0.3 + 0.1 * step;
      byFactor.update(weights, gradient, factor, rate);
      double[] multiplied = Arrays.stream(gradient).map(g -> g * factor).toArray();
      byHand.update(expected, multiplied, 1, rate);
    }
    assertArrayEquals(expected, weights);
  }

  /** Vector code, which long loops are compiled to, against the loop over one element. */
  @ParameterizedTest
  @MethodSource("workedNumbers")
  void shouldGiveEveryElementTheBitsItHasAlone(OptimizerSpec spec, double rate, double ignored) {
    int parameters = 1000;
    double[] weights = gradient(parameters, -1);
    double[] alone = weights.clone();
    Optimizer all = Optimizer.create(spec, parameters);
    Optimizer[] each = new Optimizer[parameters];
    for (int i = 0; i < parameters; i++) {
      each[i] = Optimizer.create(spec, 1);
    }
    for (int step = 0; step < 120; step++) {
      double[] gradient = gradient(parameters, step);
      for (int i = 0; i < ODD.length; i++) {
        gradient[step % 10 + 97 * i] = ODD[i];
      }
      all.update(weights, gradient, 0.7, rate);
      for (int i = 0; i < parameters; i++) {
        double[] weight = {alone[i]};
        each[i].update(weight, new double[] {gradient[i]}, 0.7, rate);
        alone[i] = weight[0];
      }
    }
    assertArrayEquals(alone, weights);
  }

  @Test
  void shouldLeaveTheGradientAlone() {
    double[] gradient = gradient(10, 3);
    double[] before = gradient.clone();
    Optimizer.create(new Adam(0.9, 0.999, 1e-8, false, 0.1, false), 10)
        .update(new double[10], gradient, 0.5, 0.1);
    assertArrayEquals(before, gradient, 0.0);
  }

  @Test
  void shouldSurviveACentredVarianceThatRoundsBelowZero() {
    Optimizer optimizer = Optimizer.create(new RmsProp(0.5, 1e-8, true, 0, 0), 1);
    double[] weights = {1};
    for (int i = 0; i < 200; i++) {
      optimizer.update(weights, new double[] {0.1}, 1, 1e-9);
    }
    assertTrue(Double.isFinite(weights[0]));
  }

  @Test
  void shouldRestoreTheRunningPowersAfterManySteps() {
    Adam spec = new Adam(0.9, 0.999, 1e-8, false, 0, false);
    double[] straight = {1};
    Optimizer through = Optimizer.create(spec, 1);
    run(through, straight, 0, 20_000, 1e-3);
    Optimizer resumed = Optimizer.create(spec, 1);
    resumed.restore(through.step(), copies(through));
    double[] weights = straight.clone();
    run(through, straight, 20_000, 20_001, 1e-3);
    run(resumed, weights, 20_000, 20_001, 1e-3);
    assertArrayEquals(straight, weights, 0.0);
  }

  @Test
  void shouldRefuseTheStateOfAnotherOptimizer() {
    Optimizer adam = Optimizer.create(new Adam(0.9, 0.999, 1e-8, false, 0, false), 2);
    Optimizer sgd = Optimizer.create(new Sgd(0.9, 0, false, 0), 2);
    Exception error =
        assertThrows(IllegalArgumentException.class, () -> adam.restore(3, copies(sgd)));
    assertTrue(error.getMessage().contains("[momentum_buffer]"), error.getMessage());
    Optimizer larger = Optimizer.create(new Sgd(0.9, 0, false, 0), 3);
    error = assertThrows(IllegalArgumentException.class, () -> larger.restore(3, copies(sgd)));
    assertTrue(error.getMessage().contains("2 elements"), error.getMessage());
    assertThrows(IllegalArgumentException.class, () -> sgd.restore(-1, copies(sgd)));
    assertThrows(
        IllegalArgumentException.class, () -> sgd.update(new double[2], new double[3], 1, 0.1));
  }

  private static void run(Optimizer optimizer, double[] weights, int from, int to, double rate) {
    for (int step = from; step < to; step++) {
      optimizer.update(weights, gradient(weights.length, step), 1, rate);
    }
  }

  private static double[] gradient(int parameters, int step) {
    return new Random(step).doubles(parameters, -1, 1).toArray();
  }

  private static Map<String, double[]> copies(Optimizer optimizer) {
    Map<String, double[]> copies = new TreeMap<>();
    optimizer.slots().forEach((name, slot) -> copies.put(name, Arrays.copyOf(slot, slot.length)));
    return copies;
  }
}
