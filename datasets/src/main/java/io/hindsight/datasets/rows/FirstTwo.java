package io.hindsight.datasets.rows;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Of the values that rows have, the one that stands first, and the first that differs from it. The
 * result of merging depends on all rows alone, not on how they were divided.
 *
 * @param <K> values, compared by {@code equals}
 */
final class FirstTwo<K extends Serializable> implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A value and where it stands first. */
  record Found<K extends Serializable>(K value, TablePlace place) implements Serializable {}

  /** Of values in one row the one that was read first comes first. */
  private record At(TablePlace place, int order) implements Comparable<At>, Serializable {
    private static final Comparator<At> ORDER =
        Comparator.comparing(At::place).thenComparing(At::order);

    @Override
    public int compareTo(At other) {
      return ORDER.compare(this, other);
    }
  }

  private final TreeMap<At, K> found = new TreeMap<>();

  /** Takes a value of a row. */
  void add(K value, TablePlace place) {
    int order = found.containsKey(new At(place, 0)) ? 1 : 0;
    add(value, new At(place, order));
  }

  private void add(K value, At at) {
    for (Map.Entry<At, K> known : found.entrySet()) {
      if (known.getValue().equals(value)) {
        if (known.getKey().compareTo(at) <= 0) {
          return;
        }
        found.remove(known.getKey());
        break;
      }
    }
    found.put(at, value);
    if (found.size() > 2) {
      found.pollLastEntry();
    }
  }

  void merge(FirstTwo<K> other) {
    other.found.forEach((at, value) -> add(value, at));
  }

  /** The value that stands first; absent if there was none. */
  Optional<Found<K>> first() {
    return all().stream().findFirst();
  }

  /** The first that differs; absent if there is one value only. */
  Optional<Found<K>> other() {
    return all().stream().skip(1).findFirst();
  }

  private List<Found<K>> all() {
    return found.entrySet().stream()
        .map(known -> new Found<>(known.getValue(), known.getKey().place()))
        .toList();
  }
}
