package io.hindsight.datasets.quantile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Quartiles against those of sorted numbers. */
class QuartileSearchTest {
  private static final long SEED = 5;

  @Test
  void shouldFindWhatSortingDoes() {
    Random random = new Random(SEED);
    for (int n = 1; n < 60; n++) {
      double[] values = new double[n];
      for (int i = 0; i < n; i++) {
        values[i] = number(random, n);
      }
      assertEquals(Optional.of(sorted(values)), search(List.of(values)), Arrays.toString(values));
      assertEquals(sorted(values), Quartiles.of(values), Arrays.toString(values));
    }
  }

  @Test
  void shouldTellNeighboursApart() {
    double[] values = {1, Math.nextUp(1.0), Math.nextDown(1.0), -1, Math.nextUp(-1.0)};
    assertEquals(Optional.of(sorted(values)), search(List.of(values)));
    double[] tiny = {Double.MIN_VALUE, 0, -Double.MIN_VALUE, 2 * Double.MIN_VALUE, -0.0};
    assertEquals(Optional.of(sorted(tiny)), search(List.of(tiny)));
  }

  @Test
  void shouldNotDependOnPartsOrOrder() {
    Random random = new Random(SEED);
    List<Double> all = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      all.add(number(random, i));
    }
    Optional<Quartiles> expected =
        Optional.of(sorted(all.stream().mapToDouble(Double::doubleValue).toArray()));
    for (int parts : new int[] {1, 2, 7}) {
      Collections.shuffle(all, random);
      List<double[]> divided = new ArrayList<>();
      for (int part = 0; part < parts; part++) {
        int from = part * all.size() / parts;
        int to = (part + 1) * all.size() / parts;
        divided.add(all.subList(from, to).stream().mapToDouble(Double::doubleValue).toArray());
      }
      assertEquals(expected, search(divided), parts + " parts");
    }
  }

  @Test
  void shouldPassOverWhatIsMissingAndNotAskedFor() {
    QuartileSearch search = QuartileSearch.of(List.of(false, true, true));
    double nan = Double.NaN;
    double[] rows = {1, 5, nan, nan, nan, nan, 2, 7, nan};
    int passes = 0;
    while (!search.isDone()) {
      QuartileSearch.Counts counts = search.counts();
      counts.add(rows, rows.length);
      search = search.next(counts);
      passes++;
    }
    assertEquals(6, passes);
    assertEquals(Optional.empty(), search.of(0));
    assertEquals(Optional.of(new Quartiles(5.5, 6, 6.5)), search.of(1));
    assertEquals(Optional.empty(), search.of(2));
    assertTrue(QuartileSearch.of(List.of(false)).isDone());
  }

  private static double number(Random random, int i) {
    return switch (i % 4) {
      case 0 -> random.nextInt(5);
      case 1 -> 1e-300 * random.nextGaussian();
      case 2 -> 1e200 * random.nextGaussian();
      default -> random.nextGaussian();
    };
  }

  /** Each list counted by itself, then merged. */
  private static Optional<Quartiles> search(List<double[]> parts) {
    QuartileSearch search = QuartileSearch.of(List.of(true));
    while (!search.isDone()) {
      QuartileSearch.Counts all = search.counts();
      for (double[] part : parts) {
        QuartileSearch.Counts counts = search.counts();
        counts.add(part, part.length);
        all.merge(counts);
      }
      search = search.next(all);
    }
    return search.of(0);
  }

  private static Quartiles sorted(double[] values) {
    double[] sorted = Arrays.stream(values).map(x -> x + 0.0).sorted().toArray();
    return new Quartiles(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
  }

  private static double at(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) position;
    double above = sorted[Math.min(below + 1, sorted.length - 1)];
    return sorted[below] + (position - below) * (above - sorted[below]);
  }
}
