package io.hindsight.driver.score.interval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class IntervalScoresTest {
  private static final List<Double> LEVELS = List.of(0.025, 0.1, 0.5, 0.9, 0.975);

  @Test
  void shouldTellWhatIsWorkedOutByHand() {
    IntervalScores scores = new IntervalScores(List.of(0.1, 0.5, 0.9));
    scores.add(3, new double[] {1, 2, 4}); // 0.2, 0.5, 0.1; inside
    scores.add(4, new double[] {1, 2, 4}); // 0.3, 1, 0; on the bound
    scores.add(0, new double[] {1, 2, 4}); // 0.9, 1, 0.4; below
    scores.add(9, new double[] {1, 2, 6}); // 0.8, 3.5, 2.7; above
    SortedMap<String, Double> told = told(scores);
    Map<String, Double> expected =
        Map.of(
            "pinball_q10", 2.2 / 4,
            "pinball_q50", 6.0 / 4,
            "pinball_q90", 3.2 / 4,
            "pinball", 11.4 / 12,
            "wql", 2 * 11.4 / (3 * 16),
            "coverage_80", 0.5,
            "interval_width_80", 14.0 / 4);
    assertEquals(expected.keySet(), told.keySet());
    expected.forEach((name, value) -> assertEquals(value, told.get(name), 1e-15, name));
  }

  @Test
  void shouldNameLevelsWithoutDots() {
    assertEquals("q10", QuantileName.of(0.1));
    assertEquals("q2_5", QuantileName.of(0.025));
    assertEquals("q97_5", QuantileName.of(0.975));
    assertEquals("q0_1", QuantileName.of(0.001));
    IntervalScores scores = new IntervalScores(LEVELS);
    scores.add(0, new double[LEVELS.size()]);
    assertTrue(told(scores).keySet().containsAll(List.of("coverage_95", "coverage_80")));
    assertTrue(told(new IntervalScores(List.of())).isEmpty());
    IntervalScores uneven = new IntervalScores(List.of(0.2, 0.9));
    uneven.add(0, new double[2]);
    assertEquals(
        List.of("pinball", "pinball_q20", "pinball_q90"), List.copyOf(told(uneven).keySet()));
  }

  @Test
  void shouldHaveTheSameBitsHoweverTargetsAreDivided() {
    Random random = new Random(3);
    IntervalScores whole = new IntervalScores(LEVELS);
    List<IntervalScores> pieces = new ArrayList<>();
    for (int piece = 0; piece < 7; piece++) {
      pieces.add(new IntervalScores(LEVELS));
    }
    for (int i = 0; i < 5000; i++) {
      double[] quantiles = random.doubles(LEVELS.size(), -1e3, 1e3).sorted().toArray();
      double actual = random.nextGaussian() * 1e3;
      whole.add(actual, quantiles);
      pieces.get(random.nextInt(7)).add(actual, Arrays.copyOf(quantiles, quantiles.length));
    }
    for (int order = 0; order < 5; order++) {
      Collections.shuffle(pieces, random);
      IntervalScores merged = new IntervalScores(LEVELS);
      pieces.forEach(merged::merge);
      assertEquals(told(whole), told(merged));
    }
  }

  private static SortedMap<String, Double> told(IntervalScores scores) {
    SortedMap<String, Double> metrics = new TreeMap<>();
    scores.putInto(metrics);
    return metrics;
  }
}
