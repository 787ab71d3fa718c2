package io.hindsight.datasets.profile;

import io.hindsight.datasets.sums.Mergeable;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The values of a column of categories, counted. */
final class CategoryCounts implements Mergeable<CategoryCounts> {
  private static final long serialVersionUID = 1L;
  private static final int HALVES = 2; // up to the median time, and after it

  private Map<String, long[]> halves = new HashMap<>(); // by category; null where they are too many
  private long count;
  private long missing;

  /**
   * Adds a cell.
   *
   * @param category null if it holds none
   */
  void add(String category, boolean isLater) {
    if (category == null) {
      missing++;
      return;
    }
    count++;
    if (halves != null) {
      of(category)[isLater ? 1 : 0]++;
      forgetMany();
    }
  }

  private long[] of(String category) {
    return halves.computeIfAbsent(category, none -> new long[HALVES]);
  }

  private void forgetMany() {
    halves = halves.size() > CategoryProfile.MOST ? null : halves;
  }

  @Override
  public void merge(CategoryCounts other) {
    count += other.count;
    missing += other.missing;
    if (halves == null || other.halves == null) {
      halves = null;
      return;
    }
    other.halves.forEach(
        (category, counts) -> {
          long[] own = of(category);
          for (int half = 0; half < HALVES; half++) {
            own[half] += counts[half];
          }
        });
    forgetMany();
  }

  CategoryProfile profile(String name, boolean ofSequences) {
    return new CategoryProfile(name, count, missing, half(0), half(1), ofSequences);
  }

  private SortedMap<String, Long> half(int half) {
    SortedMap<String, Long> counts = new TreeMap<>();
    if (halves != null) {
      halves.forEach((category, of) -> counts.put(category, of[half]));
    }
    counts.values().removeIf(count -> count == 0);
    return counts;
  }
}
