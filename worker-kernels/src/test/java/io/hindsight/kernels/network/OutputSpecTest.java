package io.hindsight.kernels.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.output.LossOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputSpecTest {
  @Test
  void shouldCountTheRawValuesOfEachElement() {
    LossOptions quantiles = LossOptions.ofQuantiles(List.of(0.05, 0.5));
    assertEquals(6, new OutputSpec(3, Loss.PINBALL, At.EVERY_STEP, quantiles).logits());
    assertEquals(6, new OutputSpec(3, Loss.GAUSSIAN, At.EVERY_STEP).logits());
    assertEquals(9, new OutputSpec(3, Loss.STUDENT_T, At.EVERY_STEP).logits());
    assertEquals(6, new OutputSpec(3, Loss.NEGATIVE_BINOMIAL, At.EVERY_STEP).logits());
    assertEquals(3, new OutputSpec(3, Loss.POISSON, At.EVERY_STEP).logits());
    assertEquals(3, new OutputSpec(3, Loss.SOFTMAX_CROSS_ENTROPY, At.EVERY_STEP).logits());
    assertEquals(3, new OutputSpec(3, Loss.SQUARED_ERROR, At.EVERY_STEP).logits());
  }

  @Test
  void shouldAnswerOneMoreProbabilityThanAnOrderHasThresholds() {
    OutputSpec ordered = new OutputSpec(3, Loss.CUMULATIVE_LOGITS, At.EVERY_STEP);
    assertEquals(2, ordered.logits());
    assertEquals(3, ordered.answers());
    assertEquals(3, ordered.classes());
    assertEquals(6, new OutputSpec(3, Loss.GAUSSIAN, At.EVERY_STEP).answers());
    assertEquals(3, new OutputSpec(3, Loss.CTC, At.EVERY_STEP).answers());
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new OutputSpec(1, Loss.CUMULATIVE_LOGITS, At.EVERY_STEP));
    assertTrue(e.getMessage().contains("an order needs two classes"), e.getMessage());
  }

  @Test
  void shouldRefuseOptionsThatDoNotFitTheLoss() {
    LossOptions quantiles = LossOptions.ofQuantiles(List.of(0.5));
    LossOptions weights = LossOptions.NONE.withElementWeights(List.of(1.0, 2.0));
    LossOptions smoothing = new LossOptions(List.of(), List.of(), 0.1, 0);
    LossOptions focal = new LossOptions(List.of(), List.of(), 0, 2);
    assertRefused(Loss.PINBALL, LossOptions.NONE, "the loss of quantiles needs quantiles");
    assertRefused(Loss.SQUARED_ERROR, quantiles, "SQUARED_ERROR has [0.5]");
    OutputSpec answered = new OutputSpec(3, Loss.GAUSSIAN, At.EVERY_STEP, quantiles);
    assertEquals(6, answered.logits(), "quantiles of a distribution are no outputs");
    assertRefused(Loss.SQUARED_ERROR, weights, "each of 3 elements");
    assertRefused(Loss.SOFTMAX_CROSS_ENTROPY, weights, "a class has none");
    assertRefused(Loss.BINARY_CROSS_ENTROPY, smoothing, "need a softmax over classes");
    assertRefused(Loss.CTC, focal, "need a softmax over classes");
    assertRefused(Loss.CUMULATIVE_LOGITS, smoothing, "need a softmax over classes");
    assertRefused(Loss.CUMULATIVE_LOGITS, focal, "need a softmax over classes");
    LossOptions labels = LossOptions.NONE.withPositiveWeights(List.of(2.0, 3.0));
    assertRefused(Loss.BINARY_CROSS_ENTROPY, labels, "each of 3 labels needs a weight");
    LossOptions three = LossOptions.NONE.withPositiveWeights(List.of(2.0, 3.0, 4.0));
    assertRefused(Loss.SQUARED_ERROR, three, "other targets have none");
    LossOptions scales = LossOptions.NONE.withElementScales(List.of(1.0, 2.0));
    assertRefused(Loss.POISSON, scales, "each of 3 elements of a count needs a scale");
    assertRefused(Loss.GAUSSIAN, scales, "other losses have none");
    LossOptions both = new LossOptions(List.of(), List.of(), 0.1, 2);
    assertRefused(Loss.SOFTMAX_CROSS_ENTROPY, both, "are two losses");
  }

  private static void assertRefused(Loss loss, LossOptions options, String why) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> new OutputSpec(3, loss, At.EVERY_STEP, options));
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  @Test
  void shouldRefuseOptionsOutOfTheirRange() {
    for (List<Double> wrong :
        List.of(List.of(0.0), List.of(1.0), List.of(0.5, 0.5), List.of(0.9, 0.1))) {
      assertThrows(IllegalArgumentException.class, () -> LossOptions.ofQuantiles(wrong));
    }
    for (List<Double> wrong : List.of(List.of(0.0, 0.0), List.of(-1.0), List.of(Double.NaN))) {
      assertThrows(
          IllegalArgumentException.class, () -> LossOptions.NONE.withElementWeights(wrong));
    }
    for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> LossOptions.NONE.withPositiveWeights(List.of(1.0, wrong)));
    }
    for (double wrong : new double[] {0, -1, Double.POSITIVE_INFINITY, Double.NaN}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> LossOptions.NONE.withElementScales(List.of(1.0, wrong)));
    }
    for (double wrong : new double[] {-0.1, 1, Double.NaN}) {
      assertThrows(
          IllegalArgumentException.class, () -> new LossOptions(List.of(), List.of(), wrong, 0));
    }
    for (double wrong : new double[] {-0.1, Double.POSITIVE_INFINITY, Double.NaN}) {
      assertThrows(
          IllegalArgumentException.class, () -> new LossOptions(List.of(), List.of(), 0, wrong));
    }
  }
}
