package io.hindsight.datasets.columns;

import java.util.function.IntToDoubleFunction;

/**
 * Numbers of the rows of a sequence, one row after the other. Who keeps them, on the heap or in a
 * file, or computes them when they are asked for, makes no difference to any of them. They do not
 * change, and several threads may read them.
 */
public interface RowNumbers {
  /** No numbers. */
  RowNumbers NONE = of(new double[0]);

  /** How many. */
  int length();

  /**
   * A number.
   *
   * @param index in [0, {@link #length})
   */
  double get(int index);

  /** Those of an array, which is not copied; null if there is none. */
  static RowNumbers of(double[] values) {
    return values == null ? null : new HeldNumbers(values);
  }

  /** Numbers that are computed, each time that one is asked for. */
  static RowNumbers of(int length, IntToDoubleFunction values) {
    return new RowNumbers() {
      @Override
      public int length() {
        return length;
      }

      @Override
      public double get(int index) {
        return values.applyAsDouble(index);
      }
    };
  }

  /** The first of them, without a copy. */
  default RowNumbers first(int count) {
    return of(count, this::get);
  }

  /** The same numbers, each of which is at hand. */
  default RowNumbers held() {
    return of(toArray());
  }

  /** A copy of all of them on the heap. */
  default double[] toArray() {
    double[] values = new double[length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = get(i);
    }
    return values;
  }
}
