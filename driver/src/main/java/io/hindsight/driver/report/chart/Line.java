package io.hindsight.driver.report.chart;

/**
 * Numbers of one kind in a picture, joined from left to right; a gap where one is not finite.
 *
 * @param name what they are
 * @param x ascending // (N)
 * @param y at each x // (N)
 * @param style how they are drawn
 */
public record Line(String name, double[] x, double[] y, Style style) {
  /** How a line is drawn. */
  public enum Style {
    /** A thin line. */
    LINE,
    /** A line with a dot at each of its numbers, unless there are many. */
    DOTS,
    /** A bar from 0 to each of its numbers, which are as far from each other. */
    BARS,
    /** A broken line, for a limit. */
    LIMIT
  }

  /** Numbers at their steps. */
  public Line {
    if (x.length != y.length) {
      throw new IllegalArgumentException(x.length + " places of " + y.length + " numbers");
    }
  }

  /** A number that holds from one end of a picture to the other. */
  public static Line limit(String name, double from, double to, double number) {
    return new Line(name, new double[] {from, to}, new double[] {number, number}, Style.LIMIT);
  }
}
