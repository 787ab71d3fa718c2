package io.hindsight.datasets.bundled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.random.CounterRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What can be foretold of {@code promotions.csv}, by who knows how it was made. */
class PromotionsTest {
  private static final int SEASON = 7;
  private static final int VALIDATION = 24;
  private static final int TEST = 36;

  @Test
  void shouldHaveSeriesOfVeryDifferentLevels() {
    List<List<Promotions.Day>> series = Promotions.series();
    double[] levels =
        series.stream()
            .mapToDouble(days -> days.stream().mapToInt(Promotions.Day::sales).average().orElse(0))
            .sorted()
            .toArray();
    assertEquals(48, series.size());
    assertTrue(series.stream().allMatch(days -> days.size() == Promotions.DAYS));
    assertTrue(levels[0] < 4 && levels[levels.length - 1] > 3000, levels[0] + " to " + levels[47]);
  }

  @Test
  void shouldTellWhatWhoKnowsThePromotionsReaches() {
    assertEquals(0.42, scaledError(Promotions.Day::mean), 0.005);
  }

  @Test
  void shouldTellWhatWhoDoesNotKnowThemReaches() {
    assertEquals(0.745, scaledError(Promotions.Day::plain), 0.005);
  }

  @Test
  void shouldTellWhatThePresetNames() {
    assertEquals(69, error(Promotions.Day::mean), 0.5);
    assertEquals(134, error(Promotions.Day::plain), 0.5);
  }

  @Test
  void shouldTellWhatTwoWeeksBeforeReaches() {
    double sum = 0;
    for (List<Promotions.Day> days : Promotions.series()) {
      double errors = 0;
      for (int t = Promotions.DAYS - TEST; t < Promotions.DAYS; t++) {
        errors += Math.abs(days.get(t).sales() - days.get(t - 2 * SEASON).sales());
      }
      sum += errors / TEST / scale(days);
    }
    assertEquals(1.13, sum / Promotions.series().size(), 0.005);
  }

  @Test
  void shouldDrawCountsOfTheMeanAndTheVarianceThatAreAsked() {
    CounterRandom random = CounterRandom.of(1, CounterRandom.Purpose.GENERATED_DATA, 0);
    int draws = 20_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < draws; i++) {
      double count = Counts.negativeBinomial(random, 800, Promotions.SIZE);
      sum += count;
      squares += count * count;
    }
    double mean = sum / draws;
    double variance = 800 + 800.0 * 800 / Promotions.SIZE;
    assertEquals(800, mean, 4 * Math.sqrt(variance / draws));
    assertEquals(1, (squares / draws - mean * mean) / variance, 0.06);
  }

  @Test
  void shouldHaveAsManyPromotionsInEachPart() {
    Set<Long> rounded = new HashSet<>();
    for (int from = 0; from < Promotions.DAYS; from += Promotions.DAYS / 2) {
      int begin = from;
      rounded.add(
          Math.round(
              10
                  * Promotions.series().stream()
                      .flatMap(d -> d.subList(begin, begin + Promotions.DAYS / 2).stream())
                      .mapToInt(Promotions.Day::promotion)
                      .average()
                      .orElse(0)));
    }
    assertEquals(Set.of(2L), rounded);
  }

  /** The mean absolute error on the test part, as {@code evaluate} scales it for {@code mase}. */
  private static double scaledError(ToDoubleFunction<Promotions.Day> forecast) {
    double sum = 0;
    List<List<Promotions.Day>> series = Promotions.series();
    for (List<Promotions.Day> days : series) {
      double errors = 0;
      for (Promotions.Day day : days.subList(Promotions.DAYS - TEST, Promotions.DAYS)) {
        errors += Math.abs(day.sales() - forecast.applyAsDouble(day));
      }
      sum += errors / TEST / scale(days);
    }
    return sum / series.size();
  }

  /** The mean absolute error on the test part, in sales. */
  private static double error(ToDoubleFunction<Promotions.Day> forecast) {
    return Promotions.series().stream()
        .flatMap(days -> days.subList(Promotions.DAYS - TEST, Promotions.DAYS).stream())
        .mapToDouble(day -> Math.abs(day.sales() - forecast.applyAsDouble(day)))
        .average()
        .orElseThrow();
  }

  private static double scale(List<Promotions.Day> days) {
    int end = Promotions.DAYS - TEST - VALIDATION;
    double changes = 0;
    for (int t = SEASON; t < end; t++) {
      changes += Math.abs(days.get(t).sales() - days.get(t - SEASON).sales());
    }
    return changes / (end - SEASON);
  }
}
