package io.hindsight.driver.run;

import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Steps of a sensor of which one in 200 is a fault, and how likely each was to whoever knows how
 * they were made. At 1.28 % of the steps the sensor shows 2 in place of 0, and three steps later
 * there is a fault in 35 of 100 cases; at 0.07 % it shows −2, and there is one in 80 of 100. Its
 * noise is normal. Nothing tells more, so no answer is right more often than these shares.
 */
final class RareFaults {
  private static final int LAG = 3;
  private static final double NOISE = 0.3;
  private static final double[] LEVELS = {0, 2, -2};
  private static final double[] SHARES = {1 - 0.0128 - 0.0007, 0.0128, 0.0007};
  private static final double[] FAULTS = {0, 0.35, 0.8};

  private final List<Step> steps = new ArrayList<>();
  private final int length;

  /**
   * Makes some sequences.
   *
   * @param seed of all of them
   */
  RareFaults(long seed, int sequences, int length) {
    this.length = length;
    for (int s = 0; s < sequences; s++) {
      add(CounterRandom.of(seed, Purpose.GENERATED_DATA, s));
    }
  }

  /**
   * One step.
   *
   * @param shown what the sensor shows
   * @param isFault whether there is a fault
   * @param likely the probability of a fault, given all that the sensor has shown
   */
  record Step(double shown, boolean isFault, double likely) {}

  private void add(CounterRandom random) {
    int[] kinds = new int[length];
    double[] shown = new double[length];
    for (int t = 0; t < length; t++) {
      double u = random.nextDouble();
      kinds[t] = u < SHARES[1] ? 1 : u < SHARES[1] + SHARES[2] ? 2 : 0;
      shown[t] = Math.rint(1000 * (LEVELS[kinds[t]] + NOISE * random.nextGaussian())) / 1000;
      boolean isFault = t >= LAG && random.nextDouble() < FAULTS[kinds[t - LAG]];
      steps.add(new Step(shown[t], isFault, t < LAG ? 0 : likely(shown[t - LAG])));
    }
  }

  /** By Bayes' rule from the densities of what was shown. */
  private static double likely(double shown) {
    double all = 0;
    double faults = 0;
    for (int kind = 0; kind < LEVELS.length; kind++) {
      double off = (shown - LEVELS[kind]) / NOISE;
      double density = SHARES[kind] * Math.exp(-off * off / 2);
      all += density;
      faults += density * FAULTS[kind];
    }
    return faults / all;
  }

  /** The steps as a table. */
  Path write(Path file) throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,t,x,y"));
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      lines.add(
          String.format(
              Locale.ROOT,
              "s%04d,%d,%.3f,%s",
              i / length,
              i % length,
              step.shown(),
              step.isFault() ? "fault" : "ok"));
    }
    return Files.write(file, lines);
  }

  /** Share of the steps that are faults. */
  double share() {
    return steps.stream().mapToInt(step -> step.isFault() ? 1 : 0).average().orElseThrow();
  }

  /** F1 of answering a fault where its probability is at least this. */
  double f1(double threshold) {
    int answered = 0;
    int right = 0;
    int faults = 0;
    for (Step step : steps) {
      boolean answer = step.likely() >= threshold;
      answered += answer ? 1 : 0;
      right += answer && step.isFault() ? 1 : 0;
      faults += step.isFault() ? 1 : 0;
    }
    return 2.0 * right / (answered + faults);
  }

  /** The largest F1 of any threshold: no rule that knows the past alone is better on average. */
  double bestF1() {
    Step[] likeliest = steps.toArray(Step[]::new);
    Arrays.sort(likeliest, Comparator.comparingDouble(Step::likely).reversed());
    double faults = steps.size() * share();
    double best = 0;
    int right = 0;
    for (int answered = 1; answered <= likeliest.length; answered++) {
      right += likeliest[answered - 1].isFault() ? 1 : 0;
      best = Math.max(best, 2.0 * right / (answered + faults));
    }
    return best;
  }

  /** Mean of −log p of what came, in nats: no network has less on average. */
  double entropy() {
    return steps.stream()
        .mapToDouble(step -> -Math.log(step.isFault() ? step.likely() : 1 - step.likely()))
        .average()
        .orElseThrow();
  }
}
