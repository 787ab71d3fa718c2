package io.hindsight.datasets.columns;

/** What an input is where its cell holds no value. */
public enum MissingRule {
  /** The cell is refused. */
  ERROR,
  /** The mean of the values that the training part has. */
  MEAN,
  /** The value before it in the same sequence; before the first, the mean. */
  LAST,
  /** 0, in original units. */
  ZERO
}
