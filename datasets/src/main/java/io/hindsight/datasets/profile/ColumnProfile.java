package io.hindsight.datasets.profile;

/**
 * The values of one numeric column, which may be an element of a column of vectors.
 *
 * @param name the column's, or {@code column[i]}
 * @param count finite numbers
 * @param missing cells that are null, not a number, infinite, or a text that writes none
 * @param min least number; NaN if there is none, as of the next ones
 * @param atMin numbers that are equal to it
 * @param max largest number
 * @param atMax numbers that are equal to it
 * @param mean of the numbers
 * @param deviation of the numbers, of n rather than of n − 1
 * @param ofSequences whether each sequence has one value only
 * @param histogram 32 bins over mean ± 4 deviations, and two tails
 */
public record ColumnProfile(
    String name,
    long count,
    long missing,
    double min,
    long atMin,
    double max,
    long atMax,
    double mean,
    double deviation,
    boolean ofSequences,
    Histogram histogram) {
  public ColumnProfile {
    boolean counts = count >= 0 && missing >= 0 && atMin >= 0 && atMax >= 0;
    if (!counts || atMin > count || atMax > count) {
      throw new IllegalArgumentException("counts of column '" + name + "' contradict each other");
    }
  }

  /** Share of the cells that are missing; 0 where there is no cell. */
  public double missingShare() {
    return missing == 0 ? 0 : (double) missing / (count + missing);
  }

  /** Whether all numbers are equal, of which there are at least two. */
  public boolean constant() {
    return count > 1 && min == max;
  }
}
