package io.hindsight.datasets.profile;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The values of one column of categories. Rows up to the median time are counted apart from later
 * ones, as in a {@link Histogram}.
 *
 * @param name the column's
 * @param count cells that hold a category; each step of a row that is a sequence has one
 * @param missing cells that hold none, or what cannot be read as one
 * @param earlier cells of rows up to the median time by category, where there are any; all, where
 *     rows have no time; empty where there are more than {@value #MOST} categories
 * @param later cells of rows after it
 * @param ofSequences whether each sequence has one category only, or none
 */
public record CategoryProfile(
    String name,
    long count,
    long missing,
    SortedMap<String, Long> earlier,
    SortedMap<String, Long> later,
    boolean ofSequences) {
  /** Categories that are counted. */
  static final int MOST = 1024;

  public CategoryProfile {
    earlier = Collections.unmodifiableSortedMap(new TreeMap<>(earlier));
    later = Collections.unmodifiableSortedMap(new TreeMap<>(later));
    boolean areMany = earlier.isEmpty() && later.isEmpty();
    if (count < 0 || missing < 0 || (!areMany && sum(earlier) + sum(later) != count)) {
      throw new IllegalArgumentException("counts of column '" + name + "' contradict each other");
    }
  }

  private static long sum(SortedMap<String, Long> counts) {
    if (counts.values().stream().anyMatch(count -> count == null || count < 1)) {
      throw new IllegalArgumentException("a category of a profile is there at least once");
    }
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Share of the cells that are missing; 0 where there is no cell. */
  public double missingShare() {
    return missing == 0 ? 0 : (double) missing / (count + missing);
  }

  /** Whether cells were counted by category, and there are any. */
  public boolean counted() {
    return !earlier.isEmpty() || !later.isEmpty();
  }

  /** Whether all categories are the same, of which there are at least two. */
  public boolean constant() {
    return count > 1
        && counted()
        && count((earlier.isEmpty() ? later : earlier).firstKey()) == count;
  }

  /** Cells of all rows that hold this category. */
  public long count(String category) {
    return earlier.getOrDefault(category, 0L) + later.getOrDefault(category, 0L);
  }
}
