package io.hindsight.driver.score.rank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Curves over thresholds, beside figures by their definitions, pair by pair. */
class RankHistogramTest {
  private static final int BINS = 1 << 20;

  private record Target(double probability, boolean isTrue) {}

  /** Probabilities of few distinct values, of which many are equal, and of any. */
  private static List<List<Target>> samples() {
    Random random = new Random(8);
    List<List<Target>> samples = new ArrayList<>();
    samples.add(sample(random, 9, () -> random.nextInt(3) / 2.0));
    samples.add(sample(random, 1, () -> 0.25));
    samples.add(sample(random, 400, () -> random.nextInt(20) / 19.0));
    samples.add(sample(random, 700, random::nextDouble));
    samples.add(sample(random, 300, () -> Math.pow(10, -300 * random.nextDouble())));
    return samples;
  }

  private static List<Target> sample(Random random, int size, DoubleSupplier probability) {
    List<Target> targets = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      double p = probability.getAsDouble();
      targets.add(new Target(p, random.nextDouble() < 0.2 + 0.5 * p));
    }
    return targets;
  }

  private static RankHistogram histogram(int bins, List<Target> targets) {
    RankHistogram histogram = new RankHistogram(bins);
    targets.forEach(target -> histogram.add(target.probability(), target.isTrue()));
    return histogram;
  }

  private static Ranking ranking(List<Target> targets) {
    return histogram(BINS, targets).ranking();
  }

  @Test
  void shouldCountThePairsThatAreInOrder() {
    for (List<Target> targets : samples()) {
      long pairs = 0;
      double ordered = 0;
      for (Target yes : targets) {
        for (Target no : targets) {
          if (yes.isTrue() && !no.isTrue()) {
            pairs++;
            int order = Double.compare(yes.probability(), no.probability());
            ordered += order > 0 ? 1 : order == 0 ? 0.5 : 0;
          }
        }
      }
      assertEquals(ordered / pairs, ranking(targets).rocAuc());
    }
  }

  @Test
  void shouldAveragePrecisionOverTheStepsOfRecall() {
    // By hand: precision 1 at recall 1/2, then 2/3 at recall 1, of a probability two targets have.
    assertEquals(
        0.5 * 1 + 0.5 * (2 / 3.0),
        ranking(
                List.of(
                    new Target(0.9, true),
                    new Target(0.5, true),
                    new Target(0.5, false),
                    new Target(0.1, false)))
            .averagePrecision(),
        1e-15);
    for (List<Target> targets : samples()) {
      double support = targets.stream().filter(Target::isTrue).count();
      double sum = 0;
      double recall = 0;
      for (double threshold : thresholds(targets)) {
        double right = right(targets, threshold);
        sum += (right / support - recall) * (right / answered(targets, threshold));
        recall = right / support;
      }
      assertEquals(support == 0 ? Double.NaN : sum, ranking(targets).averagePrecision(), 1e-12);
    }
  }

  @Test
  void shouldFindTheLargestThresholdOfTheBestF1() {
    for (List<Target> targets : samples()) {
      double support = targets.stream().filter(Target::isTrue).count();
      double best = Double.NaN;
      double bestF1 = 0;
      for (double threshold : thresholds(targets)) {
        double f1 = 2 * right(targets, threshold) / (answered(targets, threshold) + support);
        if (f1 > bestF1 + 1e-12) {
          best = threshold;
          bestF1 = f1;
        }
      }
      double found = ranking(targets).bestThreshold();
      assertEquals(best, found);
      Ranking.Cut cut = ranking(targets).at(found);
      assertEquals(bestF1, 2.0 * cut.right() / Math.max(1, cut.answered() + cut.support()), 1e-12);
    }
    // F1 is 2/3 at 0.8 (1 of 1, of 2) and at 0.2 (2 of 4, of 2).
    assertEquals(
        0.8,
        ranking(
                List.of(
                    new Target(0.8, true),
                    new Target(0.6, false),
                    new Target(0.4, false),
                    new Target(0.2, true)))
            .bestThreshold());
  }

  private static double[] thresholds(List<Target> targets) {
    double[] ascending =
        targets.stream().mapToDouble(Target::probability).distinct().sorted().toArray();
    return DoubleStream.iterate(ascending.length - 1, i -> i >= 0, i -> i - 1)
        .map(i -> ascending[(int) i])
        .toArray();
  }

  private static double right(List<Target> targets, double threshold) {
    return targets.stream().filter(t -> t.isTrue() && t.probability() >= threshold).count();
  }

  private static double answered(List<Target> targets, double threshold) {
    return targets.stream().filter(t -> t.probability() >= threshold).count();
  }

  @Test
  void shouldHaveTheSameBitsFromAnyPartsInAnyOrder() throws Exception {
    Random random = new Random(5);
    List<Target> many = sample(random, 30_000, random::nextDouble);
    for (int bins : new int[] {BINS, 1 << 10}) { // exact, and rounded
      Ranking whole = histogram(bins, many).ranking();
      for (int order = 0; order < 3; order++) {
        Collections.shuffle(many, new Random(order));
        List<RankHistogram> parts = new ArrayList<>();
        int size = many.size() / 7 + 1;
        for (int from = 0; from < many.size(); from += size) {
          parts.add(sent(histogram(bins, many.subList(from, Math.min(many.size(), from + size)))));
        }
        parts.add(histogram(bins, many.subList(0, 0)));
        Collections.shuffle(parts, new Random(order));
        RankHistogram merged = parts.get(0);
        parts.subList(1, parts.size()).forEach(merged::merge);
        assertSame(whole, merged.ranking());
      }
    }
  }

  private static RankHistogram sent(RankHistogram histogram) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(histogram);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (RankHistogram) in.readObject();
    }
  }

  private static void assertSame(Ranking expected, Ranking actual) {
    assertEquals(expected.size(), actual.size());
    assertEquals(expected.rocAuc(), actual.rocAuc());
    assertEquals(expected.averagePrecision(), actual.averagePrecision());
    assertEquals(expected.bestThreshold(), actual.bestThreshold());
    for (double threshold : new double[] {0, 0.25, 0.7, 0.99, 1}) {
      assertEquals(expected.at(threshold), actual.at(threshold));
    }
  }

  @Test
  void shouldRoundDownToBinsOnceThereAreMoreProbabilities() {
    Random random = new Random(3);
    List<Target> few = sample(random, 1024, random::nextDouble);
    assertEquals(1024, histogram(1024, few).ranking().size());

    List<Target> many = sample(random, 5000, random::nextDouble);
    Ranking rounded = histogram(1024, many).ranking();
    List<Target> bins =
        many.stream()
            .map(t -> new Target(Math.floor(t.probability() * 1024) / 1024, t.isTrue()))
            .toList();
    assertTrue(rounded.size() <= 1025, rounded.size() + " bins");
    assertSame(histogram(BINS, bins).ranking(), rounded);
    assertEquals(ranking(many).rocAuc(), rounded.rocAuc(), 1e-3);
  }

  @Test
  void shouldHaveNoCurveWhereAProbabilityIsNoNumberOrOneSideIsEmpty() {
    assertTrue(Double.isNaN(ranking(List.of(new Target(0.5, true))).rocAuc()));
    assertTrue(Double.isNaN(ranking(List.of(new Target(0.5, false))).averagePrecision()));
    assertTrue(Double.isNaN(ranking(List.of(new Target(0.5, false))).bestThreshold()));
    List<Target> one =
        List.of(new Target(0.5, true), new Target(Double.NaN, false), new Target(0.1, false));
    assertTrue(Double.isNaN(ranking(one).rocAuc()));
  }
}
