package io.hindsight.datasets.spec;

import java.io.Serializable;

/**
 * How far ahead is predicted.
 *
 * @param steps H: steps from the present to the last value that is asked for; 0 is the label of the
 *     same step
 * @param strategy what is asked for, and how it is answered
 * @param paths samples that are read, each by a path of its own, of which the quantiles are told; 0
 *     to read the answer itself. Only where answers are read
 */
public record Horizon(int steps, Strategy strategy, int paths) implements Serializable {
  /** Below it the outer quantiles are those of single paths. */
  public static final int LEAST_PATHS = 10;

  /** Above it a step costs more than its answer gains. */
  public static final int MOST_PATHS = 1000;

  /** Which later values are answered, and how. */
  public enum Strategy {
    /** The value H steps ahead alone. */
    SINGLE,
    /** All values up to H steps ahead, each an output of its own. */
    DIRECT,
    /** All values up to H steps ahead by a network of one, which reads its answers as values. */
    RECURSIVE
  }

  public Horizon {
    if (paths != 0
        && (strategy != Strategy.RECURSIVE || paths < LEAST_PATHS || paths > MOST_PATHS)) {
      throw new IllegalArgumentException(
          "with the strategy %s there cannot be %d paths".formatted(strategy, paths));
    }
  }

  /** Without paths. */
  public Horizon(int steps, Strategy strategy) {
    this(steps, strategy, 0);
  }

  /** The value so many steps ahead. */
  public static Horizon of(int steps) {
    return new Horizon(steps, Strategy.SINGLE);
  }

  /** Whether one value is asked for. */
  public boolean isSingle() {
    return strategy == Strategy.SINGLE;
  }

  /** Whether the network reads its own answers in the place of later values. */
  public boolean isRecursive() {
    return strategy == Strategy.RECURSIVE;
  }

  /** Steps to the nearest value that is asked for; the network is trained to answer it, too. */
  public int first() {
    return isSingle() ? steps : 1;
  }

  /** Steps to the farthest value that is asked for. */
  public int last() {
    return steps;
  }

  /** How many values of a target column are asked for at a step. */
  public int answers() {
    return last() - first() + 1;
  }

  /** Steps to the farthest value that the network is trained to answer. */
  public int trained() {
    return isRecursive() ? 1 : steps;
  }

  /** How many values of a target column the network is trained to answer at a step. */
  public int outputs() {
    return trained() - first() + 1;
  }
}
