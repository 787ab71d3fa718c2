package io.hindsight.datasets.columns;

import java.io.Serializable;

/**
 * What is done about cells of a table that hold no value: null, an empty text, or NaN.
 *
 * @param inputs by column
 * @param targets whether a target may be missing, and is not scored then; else it is refused
 */
public record MissingValues(MissingRules inputs, boolean targets) implements Serializable {
  /** All are refused. */
  public static final MissingValues REFUSED = new MissingValues(MissingRules.NONE, false);
}
