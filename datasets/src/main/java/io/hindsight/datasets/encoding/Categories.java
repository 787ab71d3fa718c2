package io.hindsight.datasets.encoding;

import java.util.Collection;
import java.util.List;

/**
 * The categories of a column: those of the training part, in the order of {@link Labels}, have the
 * ids from 1 on. All others, and missing ones, have the id {@link #UNKNOWN}.
 *
 * @param column its name
 * @param names category of id 1, 2, …; whole numbers without a fraction
 */
public record Categories(String column, List<String> names) implements EncodingPart {
  /** The id of a category that training did not see, and of a missing one. */
  public static final int UNKNOWN = 0;

  public Categories {
    names = List.copyOf(names);
  }

  /** The categories of a column in order. */
  public static Categories of(String column, Collection<String> names) {
    return new Categories(column, Labels.of(names).names());
  }

  /** Ids: one more than there are names. */
  public int size() {
    return names.size() + 1;
  }

  /** The category of an id from 1 on. */
  public String name(int id) {
    return names.get(id - 1);
  }
}
