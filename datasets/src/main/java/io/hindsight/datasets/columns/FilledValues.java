package io.hindsight.datasets.columns;

/**
 * Values of an input column that were missing.
 *
 * @param column its name
 * @param part of the data; empty where there are none
 * @param read how many steps are read of it
 * @param filled how many of those lack the value, or an element of it; at least 1
 */
public record FilledValues(String column, String part, long read, long filled) {
  /** All about them. */
  public String sentence() {
    return "%d of %s of column %s%s missing and filled"
        .formatted(
            filled,
            read == 1 ? "1 value" : "%d values".formatted(read),
            column,
            part.isEmpty() ? "" : " in " + part);
  }
}
