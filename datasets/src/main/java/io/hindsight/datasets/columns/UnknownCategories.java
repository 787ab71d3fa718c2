package io.hindsight.datasets.columns;

/**
 * Categories of a column that are read as unknown.
 *
 * @param column its name
 * @param part of the data; empty where there are none
 * @param read how many are read of it, missing ones included
 * @param unknown how many of those are unknown or missing, at least 1
 * @param missing how many of those are missing
 * @param example the first that is not missing, and where, for people; empty if all are
 */
public record UnknownCategories(
    String column, String part, long read, long unknown, long missing, String example) {
  /** All about them. */
  public String sentence() {
    return "%d of %s of column %s%s read as unknown, %s%s"
        .formatted(
            unknown,
            read == 1 ? "1 category" : "%d categories".formatted(read),
            column,
            part.isEmpty() ? "" : " in " + part,
            missing == 0 ? "none of them missing" : "%d of them missing".formatted(missing),
            example.isEmpty() ? "" : "; first " + example);
  }
}
