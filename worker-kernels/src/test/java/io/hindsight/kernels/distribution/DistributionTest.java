package io.hindsight.kernels.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.output.LossOptions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quantiles against those of mpmath 1.3 and scipy 1.17, and against sums of probabilities. */
class DistributionTest {
  private static final double[] LEVELS = {0.001, 0.1, 0.5, 0.9, 0.999};

  @ParameterizedTest
  @CsvSource({
    "0.001, -3.0902323061678135354",
    "0.025, -1.9599639845400542118",
    "0.1, -1.2815515655446004353",
    "0.25, -0.6744897501960817432",
    "0.5, 0",
    "0.6, 0.25334710313579974132",
    "0.9, 1.2815515655446005935",
    "0.9999999, 5.1993375822906610937",
    "1e-20, -9.2623400897984075796",
    "1e-300, -37.0470962993612"
  })
  void shouldInvertTheNormalDistribution(double level, double expected) {
    near(expected, new Normal(0, 1).quantile(level), 1e-14);
    near(3 + 2 * expected, new Normal(3, 2).quantile(level), 1e-14);
  }

  @ParameterizedTest
  @CsvSource({
    "2.0, 0.001, -22.327124770119875202",
    "2.0, 0.45, -0.14213381090374025765",
    "2.5, 0.1, -1.7302509288071765287",
    "3.0, 0.975, 3.1824463052837084359",
    "7.3, 0.001, -4.6888659935383738216",
    "7.3, 0.5, 0",
    "30.0, 0.45, -0.126729613132073566",
    "1000.0, 0.1, -1.2823987214609244057",
    "20000.0, 0.001, -3.0906398618543305704",
    "20000.0, 0.975, 1.9600826051581348142"
  })
  void shouldInvertStudentsDistribution(double freedom, double level, double expected) {
    near(expected, new StudentT(0, 1, freedom).quantile(level), 1e-12);
    near(5 + 0.5 * expected, new StudentT(5, 0.5, freedom).quantile(level), 1e-12);
  }

  /** As far as rounding of the tail, which is near a half in the middle, lets one tell. */
  @Test
  void shouldFindWhereTheTailOfStudentsDistributionIsWhatItShouldBe() {
    Random random = new Random(12);
    for (int trial = 0; trial < 20000; trial++) {
      double freedom = Math.min(9999, 2 + Math.exp(5 * random.nextGaussian()));
      double tail =
          random.nextDouble() / 2 * Math.pow(10, -random.nextInt(trial % 100 == 0 ? 250 : 5));
      double t = -StudentT.standard(tail, freedom);
      double room = 1e-12 * t + 4e-16;
      String what = "%s of %s: %s".formatted(tail, freedom, t);
      double above = tail * (1 + 1e-11);
      assertTrue(StudentT.tail(t + room, freedom) <= above, what);
      assertTrue(StudentT.tail(t - room, freedom) >= tail * (1 - 1e-11), what);
    }
  }

  @Test
  void shouldFindCountsInAFewSteps() {
    for (double mean : new double[] {0.3, 9, 77, 5000, 1e6}) {
      for (double dispersion : new double[] {0, 1e-4, 0.05, 0.25, 1, 3}) {
        for (double level : new double[] {0.025, 0.1, 0.5, 0.9, 0.975}) {
          int[] asked = {0};
          double variance = mean * (1 + dispersion * mean);
          double count =
              CountSearch.quantile(
                  level,
                  mean,
                  variance,
                  k -> {
                    asked[0]++;
                    return share(mean, dispersion, k);
                  });
          String what = "%s of %s, %s: %d steps".formatted(level, mean, dispersion, asked[0]);
          assertTrue(asked[0] <= (dispersion < 1 ? 10 : 16), what);
          assertTrue(share(mean, dispersion, count) >= level, what);
          assertTrue(count == 0 || share(mean, dispersion, count - 1) < level, what);
        }
      }
    }
  }

  private static double share(double mean, double dispersion, double count) {
    double excess = dispersion * mean;
    return dispersion == 0
        ? Incomplete.gammaAbove(count + 1, mean)
        : Incomplete.beta(1 / dispersion, count + 1, 1 / (1 + excess), excess / (1 + excess));
  }

  @Test
  void shouldGoOnWhereTheExpansionTakesOver() {
    double below = StudentT.standard(0.999, Math.nextDown(1e4));
    double above = StudentT.standard(0.999, 1e4);
    near(below, above, 1e-11);
    assertTrue(Double.isFinite(StudentT.standard(1e-12, 2)));
    assertEquals(Normal.standard(0.1), StudentT.standard(0.1, 1e300));
  }

  @ParameterizedTest
  @CsvSource({
    "0.01, 0, 0, 0, 0, 1",
    "0.7, 0, 0, 1, 2, 4",
    "3.2, 0, 1, 3, 6, 10",
    "17.5, 6, 12, 17, 23, 32",
    "250.3, 203, 230, 250, 271, 301",
    "1e6, 996911, 998719, 1000000, 1001282, 1003092"
  })
  void shouldInvertPoissonsDistribution(
      double mean, double a, double b, double c, double d, double e) {
    assertArrayEquals(new double[] {a, b, c, d, e}, quantiles(new Poisson(mean)));
  }

  @ParameterizedTest
  @CsvSource({
    "0.3, 0.5, 0, 0, 0, 1, 4",
    "4.2, 1.7, 0, 0, 2, 11, 43",
    "100, 0.05, 40, 70, 98, 132, 192",
    "1e5, 0.3, 7816, 39300, 90197, 173446, 355625",
    "50, 12, 0, 0, 0, 122, 1916",
    "8, 1e-9, 1, 5, 8, 12, 18",
    "1e6, 2, 1, 15791, 454936, 2705544, 10827569"
  })
  void shouldInvertTheNegativeBinomialDistribution(
      double mean, double dispersion, double a, double b, double c, double d, double e) {
    double[] found = quantiles(new NegativeBinomial(mean, dispersion));
    assertArrayEquals(new double[] {a, b, c, d, e}, found);
  }

  private static double[] quantiles(Distribution distribution) {
    double[] found = new double[LEVELS.length];
    for (int i = 0; i < found.length; i++) {
      found[i] = distribution.quantile(LEVELS[i]);
    }
    return found;
  }

  @Test
  void shouldFindTheCountsThatSumsOfProbabilitiesReach() {
    Random random = new Random(8);
    for (int trial = 0; trial < 2000; trial++) {
      double mean = Math.exp(random.nextGaussian() * 2);
      double dispersion = trial % 2 == 0 ? 0 : Math.exp(random.nextGaussian());
      double level = random.nextDouble();
      double probability =
          dispersion == 0 ? Math.exp(-mean) : Math.exp(-Math.log1p(dispersion * mean) / dispersion);
      double sum = probability;
      double count = 0;
      while (sum < level) {
        double rate =
            dispersion == 0
                ? mean
                : (count + 1 / dispersion) * (dispersion * mean / (1 + dispersion * mean));
        count++;
        probability *= rate / count;
        sum += probability;
        if (Math.abs(sum - level) < 1e-10) {
          level += 1e-9; // too near to tell which count it is
        }
      }
      Distribution distribution =
          dispersion == 0 ? new Poisson(mean) : new NegativeBinomial(mean, dispersion);
      assertEquals(count, distribution.quantile(level), distribution + " at " + level);
    }
  }

  @Test
  void shouldAnswerAnyParameters() {
    for (double mean : new double[] {0, 1e-300, 1e-8, 1e8, 1e15}) {
      for (double dispersion : new double[] {0, 1e-300, 1e-7, 1, 1e3}) {
        double low = new NegativeBinomial(mean, dispersion).quantile(0.1);
        double high = new NegativeBinomial(mean, dispersion).quantile(0.9);
        assertTrue(0 <= low && low <= high && high <= 0x1p53, mean + " " + dispersion);
      }
    }
    assertThrows(IllegalArgumentException.class, () -> new Poisson(3).quantile(1));
    assertThrows(IllegalArgumentException.class, () -> new Normal(0, 1).quantile(0));
  }

  @Test
  void shouldSayANumberAndItsQuantiles() {
    LossOptions options = LossOptions.ofQuantiles(List.of(0.1, 0.5, 0.9));
    NumberAnswers quantiles =
        new NumberAnswers(new OutputSpec(2, Loss.PINBALL, At.EVERY_STEP, options));
    double[] raw = {9, 9, 9, 9, 9, 9, 1, 2, 3, 6, 4, 5};
    assertArrayEquals(new double[] {2, 1, 2, 3}, quantiles.of(raw, 6, 0));
    assertArrayEquals(new double[] {5, 4, 5, 6}, quantiles.of(raw, 6, 1), "they never cross");
    assertEquals(List.of(0.1, 0.9), quantiles.others());

    NumberAnswers gaussian =
        new NumberAnswers(
            new OutputSpec(
                1, Loss.GAUSSIAN, At.EVERY_STEP, LossOptions.ofQuantiles(List.of(0.1, 0.9))));
    double[] said = gaussian.of(new double[] {4, 0}, 0, 0);
    double deviation = Math.log(2) + 1e-6;
    assertEquals(4, said[0]);
    assertEquals(4 - 1.2815515655446004 * deviation, said[1], 1e-14);
    assertEquals(4 + 1.2815515655446004 * deviation, said[2], 1e-14);

    NumberAnswers plain = new NumberAnswers(new OutputSpec(1, Loss.SQUARED_ERROR, At.EVERY_STEP));
    assertArrayEquals(new double[] {7}, plain.of(new double[] {7}, 0, 0));
  }

  private static void near(double expected, double actual, double relative) {
    assertEquals(expected, actual, relative * Math.max(Math.abs(expected), 1e-3));
  }
}
