package io.hindsight.datasets.side;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.IdOrder;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.columns.UnknownCategories;
import io.hindsight.datasets.encoding.Categories;
import io.hindsight.datasets.sums.Mergeable;
import java.util.function.Supplier;

/**
 * How many categories of a column were read in a part, and how many of them as unknown, with an
 * example from the first sequence that has one.
 */
final class UnknownCounts implements Mergeable<UnknownCounts> {
  private static final long serialVersionUID = 1L;

  private long read;
  private long unknown;
  private long missing;
  private String id; // of the first sequence with one that is not missing; null before that
  private String example;

  /**
   * Counts one.
   *
   * @param category as it is read
   * @param name as it stands in the table; null if it is missing
   * @param place where, asked only for an example
   */
  void add(int category, String name, RawSequence raw, Supplier<String> place) {
    read++;
    if (category != Categories.UNKNOWN) {
      return;
    }
    unknown++;
    if (name == null) {
      missing++;
    } else if (id == null || IdOrder.UTF_8.compare(raw.id(), id) < 0) {
      id = raw.id();
      example = "%s at %s".formatted(DataException.quote(name), place.get());
    }
  }

  @Override
  public void merge(UnknownCounts other) {
    read += other.read;
    unknown += other.unknown;
    missing += other.missing;
    if (other.id != null && (id == null || IdOrder.UTF_8.compare(other.id, id) < 0)) {
      id = other.id;
      example = other.example;
    }
  }

  /** Whether any was read as unknown. */
  boolean isAny() {
    return unknown > 0;
  }

  /** What is told of a column in a part. */
  UnknownCategories of(String column, String part) {
    return new UnknownCategories(column, part, read, unknown, missing, id == null ? "" : example);
  }
}
