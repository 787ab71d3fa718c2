package io.hindsight.datasets.spec;

import java.io.Serializable;

/**
 * How far ahead is predicted.
 *
 * @param steps H: steps from the present to the last value that is asked for; 0 is the label of the
 *     same step
 * @param strategy what is asked for, and how it is answered
 */
public record Horizon(int steps, Strategy strategy) implements Serializable {
  /** Which later values are answered, and how. */
  public enum Strategy {
    /** The value H steps ahead alone. */
    SINGLE,
    /** All values up to H steps ahead, each an output of its own. */
    DIRECT
  }

  /** The value so many steps ahead. */
  public static Horizon of(int steps) {
    return new Horizon(steps, Strategy.SINGLE);
  }

  /** Whether one value is asked for. */
  public boolean isSingle() {
    return strategy == Strategy.SINGLE;
  }

  /** Steps to the nearest value that the network answers. */
  public int first() {
    return isSingle() ? steps : 1;
  }

  /** Steps to the farthest value that the network answers. */
  public int last() {
    return steps;
  }

  /** How many values of a target column the network answers at a step. */
  public int outputs() {
    return last() - first() + 1;
  }
}
