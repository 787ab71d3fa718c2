package io.hindsight.kernels.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.random.IdHash;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class DrawsTest {
  private static final int SAMPLES = 1000;

  /** 1.95/√1000: a thousand samples are farther off once in a thousand seeds (Kolmogorov). */
  private static final double FAR = 1.95 / Math.sqrt(SAMPLES);

  private final double[] raw = {1.5, 0.3, 2.0, -1.0, 0.7, 1.2};

  @Test
  void shouldHashAnIdAsFnvIsPublished() {
    assertEquals(0xcbf29ce484222325L, IdHash.of(""));
    assertEquals(0xaf63dc4c8601ec8cL, IdHash.of("a"));
    assertEquals(0x85944171f73967e8L, IdHash.of("foobar"));
  }

  @Test
  void shouldFollowTheDensityOfEachDistribution() {
    closeTo(
        Loss.GAUSSIAN,
        1,
        x ->
            integral(
                z -> Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI),
                (x - 2) / (softplus(-1) + 1e-6)));
    double freedom = 2 + softplus(1.2);
    double area = area(freedom);
    closeTo(
        Loss.STUDENT_T,
        1,
        x -> integral(z -> student(z, freedom) / area, (x + 1) / (softplus(0.7) + 1e-6)));
  }

  @Test
  void shouldFollowTheProbabilitiesOfEachCount() {
    double mean = softplus(2.0);
    closeTo(Loss.POISSON, 2, x -> counts(x, mean, 0));
    closeTo(Loss.NEGATIVE_BINOMIAL, 1, x -> counts(x, mean, softplus(-1.0)));
  }

  @Test
  void shouldBeAFunctionOfSeedSequenceStepElementAndNumber() {
    OutputSpec output = new OutputSpec(3, Loss.GAUSSIAN, At.EVERY_STEP);
    Draws draws = new Draws(output, 5);
    Distribution of = draws.distribution(raw, 0, 1);
    double one = draws.draw(of, 7, 11, 1, 3);
    assertEquals(one, new Draws(output, 5).draw(of, 7, 11, 1, 3));
    assertEquals(one, draws.draw(draws.distribution(shifted(), 4, 1), 7, 11, 1, 3));
    assertNotEquals(one, new Draws(output, 6).draw(of, 7, 11, 1, 3));
    assertNotEquals(one, draws.draw(of, 8, 11, 1, 3));
    assertNotEquals(one, draws.draw(of, 7, 12, 1, 3));
    assertNotEquals(one, draws.draw(of, 7, 11, 2, 3));
    assertNotEquals(one, draws.draw(of, 7, 11, 1, 4));
    OutputSpec none = new OutputSpec(3, Loss.SQUARED_ERROR, At.EVERY_STEP);
    assertThrows(IllegalArgumentException.class, () -> new Draws(none, 0));
  }

  private double[] shifted() {
    double[] later = new double[raw.length + 4];
    System.arraycopy(raw, 0, later, 4, raw.length);
    return later;
  }

  /** Compares the share of samples at or below each of them with what is expected. */
  private void closeTo(Loss loss, int element, DoubleUnaryOperator below) {
    Draws draws = new Draws(new OutputSpec(3, loss, At.EVERY_STEP), 0);
    double[] wide = Arrays.copyOf(raw, 9);
    Distribution of = draws.distribution(wide, 0, element);
    double[] samples = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      samples[i] = draws.draw(of, IdHash.of("shop"), 4, element, i);
    }
    Arrays.sort(samples);
    for (int i = 0; i < SAMPLES; i++) {
      if (i + 1 == SAMPLES || samples[i + 1] > samples[i]) {
        double share = (i + 1.0) / SAMPLES;
        assertEquals(share, below.applyAsDouble(samples[i]), FAR, loss + " at " + samples[i]);
      }
    }
  }

  private static double softplus(double z) {
    return Math.log1p(Math.exp(z));
  }

  /** ∫ of a density that is symmetric about 0, from −∞ to x, by Simpson's rule from 0. */
  private static double integral(DoubleUnaryOperator density, double x) {
    int pieces = 2000;
    double h = x / pieces;
    double sum = density.applyAsDouble(0) + density.applyAsDouble(x);
    for (int i = 1; i < pieces; i++) {
      sum += (i % 2 == 0 ? 2 : 4) * density.applyAsDouble(i * h);
    }
    return 0.5 + sum * h / 3;
  }

  /** Student's density but for its constant. */
  private static double student(double z, double freedom) {
    return Math.pow(1 + z * z / freedom, -(freedom + 1) / 2);
  }

  private static double area(double freedom) {
    double sum = 0;
    for (double angle = -Math.PI / 2 + 5e-5; angle < Math.PI / 2; angle += 1e-4) {
      sum += 1e-4 * Math.pow(Math.cos(angle), freedom - 1); // z = √ν·tan(angle)
    }
    return sum * Math.sqrt(freedom);
  }

  /** Σ of probabilities up to x, each from the one before. */
  private static double counts(double x, double mean, double dispersion) {
    double term =
        dispersion == 0 ? Math.exp(-mean) : Math.pow(1 + dispersion * mean, -1 / dispersion);
    double sum = 0;
    for (int count = 0; count <= x; count++) {
      sum += term;
      double rate =
          dispersion == 0
              ? mean
              : (count + 1 / dispersion) * (dispersion * mean / (1 + dispersion * mean));
      term *= rate / (count + 1);
    }
    return sum;
  }
}
