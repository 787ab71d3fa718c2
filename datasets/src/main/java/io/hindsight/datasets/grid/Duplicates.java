package io.hindsight.datasets.grid;

/** What is done about rows of one sequence that have the same time. */
public enum Duplicates {
  /** They are refused. */
  ERROR,
  /**
   * The last is read: in the order of the files' names and of the rows in a file; where a source
   * does not tell those, the one with the largest numbers, input by input and then target by
   * target.
   */
  LAST,
  /** One row is read in place of all, with the mean of each number; all else must be equal. */
  MEAN
}
