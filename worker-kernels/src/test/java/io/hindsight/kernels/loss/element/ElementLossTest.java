package io.hindsight.kernels.loss.element;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.bptt.Samples;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ElementLossTest {
  private static final int AT = 3; // of the first raw value
  private static final int ELEMENT = 3; // of scale 40, where there are scales

  static List<OutputSpec> outputs() {
    Stream<OutputSpec> plain =
        Arrays.stream(Loss.values())
            .filter(loss -> loss == Loss.PINBALL || loss.isOfDistribution())
            .map(loss -> Samples.output(loss, At.EVERY_STEP));
    Stream<OutputSpec> scaled =
        Arrays.stream(Loss.values())
            .filter(Loss::targetsAreCounts)
            .map(loss -> Samples.scaled(loss, At.EVERY_STEP));
    return Stream.concat(plain, scaled).toList();
  }

  @ParameterizedTest
  @MethodSource("outputs")
  void shouldComputeWhatTheDefinitionsDo(OutputSpec output) {
    Random random = new Random(3);
    PlainElement plain = new PlainElement(output);
    for (int i = 0; i < 500; i++) {
      double[] z = random.doubles(output.parameters(), -4, 4).toArray();
      double y = target(output, random);
      double expected = plain.forward(z, ELEMENT, y);
      assertEquals(expected, forward(output, z, y), 1e-12 * Math.max(1, Math.abs(expected)));
      double[] slopes = plain.backward(z, ELEMENT, y);
      double[] actual = backward(output, z, y);
      for (int p = 0; p < z.length; p++) {
        double size = Math.max(1, Math.abs(slopes[p]));
        assertEquals(slopes[p], actual[p], 1e-11 * size, output.loss() + " " + p);
      }
    }
  }

  /** Differences of the loss, whose error is of order h⁴. */
  @ParameterizedTest
  @MethodSource("outputs")
  void shouldDifferentiateTheLoss(OutputSpec output) {
    Random random = new Random(4);
    double h = 0x1p-8;
    for (int i = 0; i < 200; i++) {
      double[] z = random.doubles(output.parameters(), -3, 3).toArray();
      double y = target(output, random);
      double[] slopes = backward(output, z, y);
      for (int p = 0; p < z.length; p++) {
        if (output.loss() == Loss.PINBALL && Math.abs(z[p] - y) < 2 * h) {
          continue; // its kink
        }
        double inner = shifted(output, z, p, h, y) - shifted(output, z, p, -h, y);
        double outer = shifted(output, z, p, 2 * h, y) - shifted(output, z, p, -2 * h, y);
        double numeric = (8 * inner - outer) / (12 * h);
        double size = Math.max(1, Math.abs(numeric));
        assertEquals(numeric, slopes[p], 1e-5 * size, output.loss() + " " + p);
      }
    }
  }

  private static double shifted(OutputSpec output, double[] z, int p, double by, double y) {
    double[] moved = z.clone();
    moved[p] += by;
    return forward(output, moved, y);
  }

  @ParameterizedTest
  @MethodSource("outputs")
  void shouldStayFiniteAtExtremeRawValues(OutputSpec output) {
    double[] values = {-1e3, -709, -40, 0, 40, 709, 1e3};
    int combinations = (int) Math.pow(values.length, output.parameters());
    for (int i = 0; i < combinations; i++) {
      double[] z = new double[output.parameters()];
      for (int p = 0, rest = i; p < z.length; p++, rest /= values.length) {
        z[p] = values[rest % values.length];
      }
      for (double y : new double[] {0, 1, 2, 1000}) {
        String what = output.loss() + " of " + Arrays.toString(z) + " at " + y;
        assertTrue(Double.isFinite(forward(output, z, y)), what);
        for (double slope : backward(output, z, y)) {
          assertTrue(Double.isFinite(slope), what);
        }
      }
    }
  }

  /** Where the variance is the mean, or the tails are normal, to the last digits. */
  @Test
  void shouldGoOverIntoTheirLimits() {
    OutputSpec binomial = Samples.output(Loss.NEGATIVE_BINOMIAL, At.EVERY_STEP);
    OutputSpec poisson = Samples.output(Loss.POISSON, At.EVERY_STEP);
    OutputSpec student = Samples.output(Loss.STUDENT_T, At.EVERY_STEP);
    OutputSpec gaussian = Samples.output(Loss.GAUSSIAN, At.EVERY_STEP);
    for (double y = 0; y < 40; y += 3) {
      for (double raw : new double[] {-50, -3, 0.2, 5, 60}) {
        double expected = forward(poisson, new double[] {raw}, y);
        double tolerance = 1e-13 * Math.max(1, Math.abs(expected));
        assertEquals(expected, forward(binomial, new double[] {raw, -1e3}, y), tolerance);
        double slope = backward(poisson, new double[] {raw}, y)[0];
        double limit = backward(binomial, new double[] {raw, -1e3}, y)[0];
        assertEquals(slope, limit, 1e-13 * Math.max(1, Math.abs(slope)));
      }
      double normal = forward(gaussian, new double[] {y, 0.3}, 1.7);
      assertEquals(
          normal, forward(student, new double[] {y, 0.3, 1e15}, 1.7), 1e-12 * (1 + normal));
    }
  }

  /** With y counts, softplus(−1e3) = e^−1000: y·1000 is lost, though m is no double. */
  @Test
  void shouldKnowTheLogarithmOfAMeanThatIsNoDouble() {
    OutputSpec poisson = Samples.output(Loss.POISSON, At.EVERY_STEP);
    assertEquals(3000 + StrictMath.log(6), forward(poisson, new double[] {-1e3}, 3), 1e-12);
    assertEquals(-3, backward(poisson, new double[] {-1e3}, 3)[0], 1e-15);
  }

  /** Worked by hand. */
  @Test
  void shouldWeighErrorsByTheirSideOfAQuantile() {
    OutputSpec pinball = Samples.output(Loss.PINBALL, At.EVERY_STEP); // 0.1, 0.5, 0.9
    double[] z = {1, 2, 4};
    assertEquals(0.1 * 1 + 0 + 0.1 * 2, forward(pinball, z, 2), 1e-15);
    double[] slopes = backward(pinball, z, 2);
    assertEquals(-0.1, slopes[0], 1e-15);
    assertEquals(0, slopes[1]);
    assertEquals(0.1, slopes[2], 1e-15);
  }

  /** With a scale the loss of a count is that of the mean s·softplus(z), whatever z and s. */
  @Test
  void shouldMultiplyTheMeanOfACountByItsScale() {
    OutputSpec scaled = Samples.scaled(Loss.POISSON, At.EVERY_STEP);
    double z = 0.7;
    double mean = 40 * Math.log1p(Math.exp(z));
    for (int y : new int[] {0, 3, 44, 5000}) {
      double logFactorial = 0;
      for (int k = 2; k <= y; k++) {
        logFactorial += Math.log(k);
      }
      double expected = mean - y * Math.log(mean) + logFactorial;
      double actual = forward(scaled, new double[] {z}, y);
      assertEquals(expected, actual, 1e-12 * Math.max(1, Math.abs(expected)));
    }
  }

  private static double target(OutputSpec output, Random random) {
    return output.loss().targetsAreCounts() ? random.nextInt(12) : random.nextGaussian() * 2;
  }

  private static double[] lane(double[] z) {
    double[] all = new double[AT + 8 * z.length];
    for (int p = 0; p < z.length; p++) {
      all[AT + 8 * p] = z[p];
    }
    return all;
  }

  private static double forward(OutputSpec output, double[] z, double y) {
    return ElementLoss.of(output, ELEMENT).forward(lane(z), AT, y);
  }

  private static double[] backward(OutputSpec output, double[] z, double y) {
    double[] all = lane(z);
    ElementLoss.of(output, ELEMENT).backward(all, AT, y, 1);
    double[] slopes = new double[z.length];
    for (int p = 0; p < z.length; p++) {
      slopes[p] = all[AT + 8 * p];
    }
    return slopes;
  }
}
