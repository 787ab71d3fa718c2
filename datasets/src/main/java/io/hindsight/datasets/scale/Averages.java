package io.hindsight.datasets.scale;

import io.hindsight.datasets.sums.Moments;
import java.util.Arrays;

/**
 * Mean and standard deviation of some numbers.
 *
 * @param deviation the root of the mean of squares of what each lies from the mean
 */
record Averages(double mean, double deviation) {
  /** From exact sums, which take long for few numbers. */
  static Averages exact(double[] values) {
    Moments moments = new Moments();
    Arrays.stream(values).forEach(moments::add);
    return new Averages(moments.mean(), moments.deviation());
  }

  /**
   * From sums one after the other, first of the distances from the first number, then of the
   * squares of those from the mean. They depend on the numbers and their order alone. Numbers are
   * divided by a power of two first, by which no square is beyond doubles and nothing is rounded.
   *
   * @param values one or more
   */
  static Averages inOrder(double[] values) {
    double level = Arrays.stream(values).map(Math::abs).max().orElseThrow();
    int exponent = Math.getExponent(level);
    double factor = StrictMath.scalb(1.0, -exponent);
    double first = values[0] * factor;
    double distances = 0;
    for (double value : values) {
      distances += value * factor - first;
    }
    double mean = first + distances / values.length;
    double squares = 0;
    for (double value : values) {
      double distance = value * factor - mean;
      squares += distance * distance;
    }
    double deviation = Math.sqrt(squares / values.length);
    return new Averages(StrictMath.scalb(mean, exponent), StrictMath.scalb(deviation, exponent));
  }
}
