package io.hindsight.kernels.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.bptt.Samples;
import io.hindsight.kernels.loss.element.PlainElement;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ElementAnswersTest {
  @Test
  void shouldAnswerQuantilesThatDoNotCross() {
    OutputSpec output = Samples.output(Loss.PINBALL, At.EVERY_STEP);
    double[] raw = {3, 1, 2, 4, 5, 6, 0, -1, -0.5, 1, 1, 0};
    ElementAnswers.answer(output, raw);
    assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6, -1, -0.5, 0, 0, 1, 1}, raw);
  }

  @Test
  void shouldNeverMakeTheLossOfQuantilesLarger() {
    OutputSpec output = Samples.output(Loss.PINBALL, At.EVERY_STEP);
    PlainElement loss = new PlainElement(output);
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      double[] raw = random.doubles(3, -1, 1).toArray();
      double y = random.nextGaussian();
      double before = loss.forward(raw, 0, y);
      ElementAnswers.answer(output, raw, 0, 0);
      assertTrue(loss.forward(raw, 0, y) <= before + 1e-15);
    }
  }

  @Test
  void shouldAnswerTheParametersOfDistributions() {
    for (Loss kind : Loss.values()) {
      if (kind == Loss.PINBALL) {
        continue;
      }
      OutputSpec output =
          kind.targetsAreCounts()
              ? Samples.scaled(kind, At.EVERY_STEP)
              : Samples.output(kind, At.EVERY_STEP);
      double[] raw = {0.3, -1.2, 2.5};
      double[] expected = new PlainElement(output).parameters(raw, 3);
      ElementAnswers.answer(output, raw, 0, 3);
      for (int p = 0; p < output.parameters(); p++) {
        assertEquals(expected[p], raw[p], 1e-15 * Math.max(1, expected[p]), kind + " " + p);
      }
    }
  }

  @Test
  void shouldAnswerEachElementOfEachStepByItsOwnScale() {
    OutputSpec output = Samples.scaled(Loss.POISSON, At.EVERY_STEP); // 3.5, 1, 0.25, 40
    double[] raw = new double[8]; // two steps of softplus(0) = ln 2
    ElementAnswers.answer(output, raw);
    double one = Math.log(2);
    double[] step = {3.5 * one, one, 0.25 * one, 40 * one};
    assertArrayEquals(step, Arrays.copyOfRange(raw, 0, 4), 1e-14);
    assertArrayEquals(step, Arrays.copyOfRange(raw, 4, 8), 1e-14);
  }
}
