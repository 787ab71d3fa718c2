package io.hindsight.datasets.encoding;

import java.util.List;

/**
 * How far the numbers of a column may lie from those they stand for. Digits that were left out when
 * they were written, as in 0.333 for a third, cannot be told from a signal and are not counted.
 */
enum Rounding {
  /** Whole numbers that a double holds exactly. */
  EXACT,
  /**
   * Numbers of 32 bits, even if they are stored in 64: off by half the distance to the next one.
   * Measurements often fill such numbers to the last bit, so nothing is added for arithmetic.
   */
  FLOAT,
  /**
   * Other numbers: off by {@value #ULPS} times the distance to the next double, for being written,
   * and for the few sums and products that they come from. No sensor reaches that far down.
   */
  DOUBLE;

  private static final int ULPS = 2;
  private static final double LARGEST_WHOLE = 0x1p53;

  /** All of them; a column has the first that fits all its values: a single one does not tell. */
  static final List<Rounding> ALL = List.of(values());

  /** Whether a double holds a level as a whole number, and exactly. */
  static boolean isWhole(double level) {
    return level == Math.rint(level) && Math.abs(level) <= LARGEST_WHOLE;
  }

  /** ε(x): how far a level x may be off. */
  double error(double level) {
    return switch (this) {
      case EXACT -> 0;
      case FLOAT -> Math.ulp((float) level) / 2;
      case DOUBLE -> ULPS * Math.ulp(level);
    };
  }
}
