package io.hindsight.kernels.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.output.LossOptions;
import io.hindsight.kernels.network.output.Margins;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarginsTest {
  private static final List<Double> FIVE = List.of(0.05, 0.25, 0.5, 0.75, 0.95);

  @Test
  void shouldMoveTheBoundsOfEachIntervalOfEachElement() {
    NumberAnswers answers = of(2, Loss.PINBALL, FIVE, 1.0, 0.5, -0.5, 2.0);
    double[] raw = {-4, -1, 0, 1, 4, -8, -1, 0, 1, 8};
    assertArrayEquals(new double[] {0, -5, -1.5, 0, 1.5, 5}, answers.of(raw, 0, 0));
    assertArrayEquals(new double[] {0, -7.5, -3, 0, 3, 7.5}, answers.of(raw, 0, 1));
  }

  @Test
  void shouldNeverCrossTheMiddleNorANarrowerInterval() {
    double[] raw = {-4, -1, 0, 1, 4};
    assertArrayEquals(
        new double[] {0, -3, 0, 0, 0, 3}, of(1, Loss.PINBALL, FIVE, -1, -2).of(raw, 0, 0));
    assertArrayEquals(
        new double[] {0, -6, -6, 0, 6, 6}, of(1, Loss.PINBALL, FIVE, -1, 5).of(raw, 0, 0));
  }

  @Test
  void shouldPutIntervalsAroundOneNumber() {
    List<Double> levels = List.of(0.1, 0.9);
    NumberAnswers answers = of(2, Loss.SQUARED_ERROR, levels, 3.0, 0.25);
    assertArrayEquals(new double[] {7, 4, 10}, answers.of(new double[] {7, 1}, 0, 0));
    assertArrayEquals(new double[] {1, 0.75, 1.25}, answers.of(new double[] {7, 1}, 0, 1));
    assertArrayEquals(
        new double[] {7, 7, 7},
        of(2, Loss.SQUARED_ERROR, levels).of(new double[] {7, 1}, 0, 0),
        "before they are known");
    assertEquals(2, output(2, Loss.SQUARED_ERROR, levels).logits(), "they are no outputs");
  }

  @Test
  void shouldKeepCountsFromBelowZero() {
    double[] raw = {Math.log(Math.exp(3) - 1)}; // of mean 3: quantiles 1 and 5
    double[] said = of(1, Loss.POISSON, List.of(0.1, 0.9), 2).of(raw, 0, 0);
    assertEquals(3, said[0], 1e-12);
    assertArrayEquals(new double[] {0, 7}, new double[] {said[1], said[2]});
  }

  @Test
  void shouldRefuseWhatIsNoInterval() {
    assertThrows(
        IllegalArgumentException.class, () -> output(1, Loss.PINBALL, List.of(0.1, 0.5), 1.0));
    assertThrows(IllegalArgumentException.class, () -> output(1, Loss.PINBALL, List.of(0.5)));
    assertThrows(IllegalArgumentException.class, () -> output(1, Loss.PINBALL, FIVE, 1.0));
    assertThrows(IllegalArgumentException.class, () -> output(3, Loss.SOFTMAX_CROSS_ENTROPY, FIVE));
    assertThrows(IllegalArgumentException.class, () -> new Margins(List.of(Double.NaN)));
  }

  private static NumberAnswers of(int size, Loss loss, List<Double> levels, double... margins) {
    return new NumberAnswers(output(size, loss, levels, margins));
  }

  private static OutputSpec output(int size, Loss loss, List<Double> levels, double... margins) {
    List<Double> values = java.util.Arrays.stream(margins).boxed().toList();
    LossOptions options = LossOptions.ofQuantiles(levels).withMargins(new Margins(values));
    return new OutputSpec(size, loss, At.EVERY_STEP, options);
  }
}
