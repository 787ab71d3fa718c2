package io.hindsight.driver.report.chart;

import java.util.Locale;

/** Draws lines, bars and bands between two axes. */
final class Shapes {
  private static final int MOST_DOTS = 80;
  private static final double SHARE = 0.9; // of its place that a bar takes

  private final Markup page;
  private final Axis along;
  private final Axis down;

  Shapes(Markup page, Axis along, Axis down) {
    this.page = page;
    this.along = along;
    this.down = down;
  }

  void draw(Line line, String colour) {
    if (line.style() == Line.Style.BARS) {
      bars(line, colour);
      return;
    }
    path(line, colour);
    if (line.style() == Line.Style.DOTS && line.x().length <= MOST_DOTS) {
      dots(line, colour);
    }
  }

  private void path(Line line, String colour) {
    StringBuilder path = new StringBuilder();
    boolean isJoined = false;
    for (int i = 0; i < line.x().length; i++) {
      boolean isThere = Double.isFinite(line.y()[i]);
      if (isThere) {
        path.append(isJoined ? 'L' : 'M').append(at(line.x()[i], line.y()[i]));
      }
      isJoined = isThere;
    }
    page.single("path", "class", "line " + colour, "d", path.toString());
  }

  private void dots(Line line, String colour) {
    for (int i = 0; i < line.x().length; i++) {
      if (Double.isFinite(line.y()[i])) {
        String x = x(line.x()[i]);
        String y = y(line.y()[i]);
        page.single("circle", "class", "dot " + colour, "cx", x, "cy", y, "r", "2.5");
      }
    }
  }

  /** Half of the distance from one bar to the next. */
  static double halfBar(Line line) {
    return line.x().length < 2 ? 0.5 : (line.x()[1] - line.x()[0]) / 2;
  }

  private void bars(Line line, String colour) {
    double half = halfBar(line) * SHARE;
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < line.x().length; i++) {
      if (Double.isFinite(line.y()[i])) {
        path.append('M').append(at(line.x()[i] - half, 0));
        path.append('V').append(y(line.y()[i]));
        path.append('H').append(x(line.x()[i] + half)).append('V').append(y(0)).append('Z');
      }
    }
    page.single("path", "class", "bar " + colour, "d", path.toString());
  }

  void draw(Band band, String colour) {
    StringBuilder path = new StringBuilder();
    for (int from = 0; from < band.x().length; from++) {
      int to = from;
      while (to < band.x().length && band.isThere(to)) {
        to++;
      }
      if (to - from > 1) {
        area(path, band, from, to);
      }
      from = Math.max(from, to);
    }
    page.single("path", "class", colour, "d", path.toString());
  }

  /** There along the upper end of steps [from, to), and back along the lower one. */
  private void area(StringBuilder path, Band band, int from, int to) {
    for (int i = from; i < to; i++) {
      path.append(i == from ? 'M' : 'L').append(at(band.x()[i], band.high()[i]));
    }
    for (int i = to - 1; i >= from; i--) {
      path.append('L').append(at(band.x()[i], band.low()[i]));
    }
    path.append('Z');
  }

  private String at(double x, double y) {
    return x(x) + ' ' + y(y);
  }

  private String x(double number) {
    return number(LineChart.x(along, number));
  }

  private String y(double number) {
    return number(LineChart.y(down, number));
  }

  /** A place in tenths, which no eye tells apart. */
  static String number(double place) {
    String text = String.format(Locale.ROOT, "%.1f", place);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
