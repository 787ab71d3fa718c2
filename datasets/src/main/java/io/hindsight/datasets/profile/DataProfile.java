package io.hindsight.datasets.profile;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the rows hold that a reading of a table takes. It is the same whatever the partitions: whole
 * numbers are counted, means and deviations come from exact sums.
 *
 * @param rows that have an id and a time; rows that cannot be read are not counted
 * @param sequences different ids; exact up to 16,384, else estimated, to about a hundredth
 * @param earliest time of the first row in UTC, as {@code 2026-01-31T00:00:00Z}; empty where times
 *     are no points in time
 * @param latest time of the last row
 * @param content identifies ids and values of all rows, in no order and without their times: 32
 *     hexadecimal digits
 * @param columns numeric columns: inputs, targets that are no inputs, numbers of the sequence
 * @param categories columns of categories: those of steps, then those of the sequence
 * @param labels rows by class label; empty where there are no classes
 * @param labelsOfSequences whether each sequence has one label only
 * @param rowsBySequence rows by id; empty where there are more than 256 ids
 */
public record DataProfile(
    long rows,
    long sequences,
    String earliest,
    String latest,
    String content,
    List<ColumnProfile> columns,
    List<CategoryProfile> categories,
    SortedMap<String, Long> labels,
    boolean labelsOfSequences,
    SortedMap<String, Long> rowsBySequence) {
  public DataProfile {
    columns = List.copyOf(columns);
    categories = List.copyOf(categories);
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    rowsBySequence = Collections.unmodifiableSortedMap(new TreeMap<>(rowsBySequence));
    if (rows < 0 || sequences < 0) {
      throw new IllegalArgumentException("a profile counts rows and sequences from 0");
    }
    requireTime(earliest);
    requireTime(latest);
  }

  private static void requireTime(String text) {
    try {
      instant(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("a profile has times in UTC, but '" + text + "'", e);
    }
  }

  /** The time of the first row; absent where times are no points in time. */
  public Optional<Instant> first() {
    return instant(earliest);
  }

  /** The time of the last row; absent as that of the first. */
  public Optional<Instant> last() {
    return instant(latest);
  }

  private static Optional<Instant> instant(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
  }

  /** A numeric column by its name. */
  public Optional<ColumnProfile> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /** A column of categories by its name. */
  public Optional<CategoryProfile> categoryColumn(String name) {
    return categories.stream().filter(column -> column.name().equals(name)).findFirst();
  }
}
