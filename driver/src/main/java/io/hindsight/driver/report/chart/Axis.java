package io.hindsight.driver.report.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the numbers of a picture lie on a line, and which of them are written there.
 *
 * @param low the smallest number
 * @param high the largest, above {@code low}
 * @param logarithmic whether factors are seen rather than differences; numbers are above 0 then
 */
record Axis(double low, double high, boolean logarithmic) {
  private static final int MOST_TICKS = 6;

  /** A logarithm shows more than a line does where numbers differ by such a factor. */
  private static final double WIDE = 20;

  /** For numbers of which some may not be finite. */
  static Axis of(List<double[]> numbers, boolean mayBeLogarithmic) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double[] some : numbers) {
      for (double number : some) {
        if (Double.isFinite(number)) {
          low = Math.min(low, number);
          high = Math.max(high, number);
        }
      }
    }
    if (low > high) {
      return new Axis(0, 1, false);
    }
    if (mayBeLogarithmic && low > 0 && high / low > WIDE) {
      return new Axis(low, high, true);
    }
    if (low == high) {
      double room = low == 0 ? 1 : Math.abs(low) / 2;
      return new Axis(low - room, high + room, false);
    }
    return new Axis(low, high, false);
  }

  /** The same, which reaches further at both ends. */
  Axis withRoom(double room) {
    return new Axis(low - room, high + room, logarithmic);
  }

  /** The same with 0 on it. */
  Axis fromZero() {
    return logarithmic ? this : new Axis(Math.min(0, low), Math.max(0, high), false);
  }

  /** Where a number lies: 0 for the smallest, 1 for the largest; outside it is moved to an end. */
  double place(double number) {
    double share =
        logarithmic
            ? (Math.log(number) - Math.log(low)) / (Math.log(high) - Math.log(low))
            : (number - low) / (high - low);
    return Math.max(0, Math.min(1, share));
  }

  /** Round numbers that lie on it, a few of them, from the smallest on. */
  List<Double> ticks() {
    List<Double> powers = logarithmic ? powers() : List.of();
    return powers.size() >= 2 ? powers : even();
  }

  private List<Double> powers() {
    int first = (int) Math.ceil(Math.log10(low) - 1e-9);
    int last = (int) Math.floor(Math.log10(high) + 1e-9);
    int every = Math.max(1, (last - first + MOST_TICKS) / MOST_TICKS);
    List<Double> ticks = new ArrayList<>();
    for (int power = first; power <= last; power += every) {
      ticks.add(Math.pow(10, power));
    }
    return ticks;
  }

  private List<Double> even() {
    double rough = (high - low) / (MOST_TICKS - 1);
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double times = rough / power;
    double step = power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
    List<Double> ticks = new ArrayList<>();
    for (double k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) {
      ticks.add(k == 0 ? 0 : k * step); // not the −0 that rounding up to 0 gives
    }
    return ticks;
  }
}
