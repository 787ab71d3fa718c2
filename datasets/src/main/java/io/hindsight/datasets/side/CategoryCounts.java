package io.hindsight.datasets.side;

import io.hindsight.datasets.sums.Mergeable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often the categories of a column occur. */
final class CategoryCounts implements Mergeable<CategoryCounts> {
  private static final long serialVersionUID = 1L;

  private final int most;
  private final HashMap<String, Long> counts = new HashMap<>();
  private boolean tooMany;

  /**
   * Of nothing.
   *
   * @param most different ones that are counted
   */
  CategoryCounts(int most) {
    this.most = most;
  }

  /** Counts one. */
  void add(String name) {
    add(name, 1);
  }

  private void add(String name, long times) {
    if (!tooMany) {
      counts.merge(name, times, Long::sum);
      giveUpIfTooMany();
    }
  }

  private void giveUpIfTooMany() {
    if (tooMany || counts.size() > most) {
      tooMany = true;
      counts.clear();
    }
  }

  @Override
  public void merge(CategoryCounts other) {
    tooMany |= other.tooMany;
    giveUpIfTooMany();
    for (Map.Entry<String, Long> entry : other.counts.entrySet()) {
      add(entry.getKey(), entry.getValue());
    }
  }

  /** Whether there are more than are counted. */
  boolean areTooMany() {
    return tooMany;
  }

  /** Those that occur so often, in no order. */
  List<String> seen(long atLeast) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= atLeast)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** How many different ones there are. */
  int size() {
    return counts.size();
  }
}
