package io.hindsight.driver.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A picture of a few lines over one axis, with a legend, numbers on both axes, and a text that says
 * the same to whoever does not see it.
 */
public final class LineChart {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 250;
  private static final int LEFT = 56;
  private static final int RIGHT = 24; // half of the last number along
  private static final int TOP = 26;
  private static final int BOTTOM = 38;
  private static final int COLOURS = 6;

  private final String id;
  private final String title;
  private final String across;
  private final List<Line> lines = new ArrayList<>();
  private boolean mayBeLogarithmic;
  private boolean fromZero;

  /**
   * An empty picture.
   *
   * @param id of the page's elements, letters alone
   * @param title what is shown
   * @param across what the numbers of x are
   */
  public LineChart(String id, String title, String across) {
    this.id = id;
    this.title = title;
    this.across = across;
  }

  /** With a logarithmic axis where numbers differ by a large factor. */
  public LineChart logarithmic() {
    mayBeLogarithmic = true;
    return this;
  }

  /** With 0 on the axis. */
  public LineChart fromZero() {
    fromZero = true;
    return this;
  }

  /** With a line; one without numbers is left out. */
  public LineChart add(Line line) {
    if (line.x().length > 0) {
      lines.add(line);
    }
    return this;
  }

  /** Whether there is nothing to draw. */
  public boolean isEmpty() {
    return lines.isEmpty();
  }

  /** Draws it; nothing without lines. */
  public void draw(Markup page) {
    if (isEmpty()) {
      return;
    }
    Axis down = Axis.of(lines.stream().map(Line::y).toList(), mayBeLogarithmic);
    down = fromZero ? down.fromZero() : down;
    Axis along = Axis.of(lines.stream().map(Line::x).toList(), false);
    page.open("figure");
    page.open(
        "svg",
        "viewBox",
        "0 0 %d %d".formatted(WIDTH, HEIGHT),
        "role",
        "img",
        "aria-labelledby",
        "%s-title %s-text".formatted(id, id));
    page.leaf("title", title, "id", id + "-title");
    page.leaf("desc", description(down), "id", id + "-text");
    drawAxes(page, along, down);
    for (int i = 0; i < lines.size(); i++) {
      draw(page, lines.get(i), i, along, down);
    }
    page.close();
    drawLegend(page);
    page.close();
  }

  private String description(Axis down) {
    StringBuilder text = new StringBuilder(title).append('.');
    for (Line line : lines) {
      double[] y = line.y();
      text.append(' ').append(line.name());
      if (line.style() == Line.Style.LIMIT) {
        text.append(": ").append(Digits.text(y[0])).append('.');
      } else {
        Axis range = Axis.of(List.of(y), false);
        text.append(": from ").append(Digits.text(y[0])).append(" to ");
        text.append(Digits.text(y[y.length - 1]));
        text.append(", between ").append(Digits.text(range.low()));
        text.append(" and ").append(Digits.text(range.high())).append('.');
      }
    }
    return text + (down.logarithmic() ? " Logarithmic." : "");
  }

  private void drawAxes(Markup page, Axis along, Axis down) {
    for (double tick : down.ticks()) {
      String y = number(y(down, tick));
      page.single(
          "line",
          "class",
          "grid",
          "x1",
          number(LEFT),
          "x2",
          number(WIDTH - RIGHT),
          "y1",
          y,
          "y2",
          y);
      page.leaf(
          "text",
          Digits.text(tick),
          "class",
          "tick",
          "x",
          number(LEFT - 6),
          "y",
          number(y(down, tick) + 4),
          "text-anchor",
          "end");
    }
    for (double tick : along.ticks()) {
      page.leaf(
          "text",
          Digits.text(tick),
          "class",
          "tick",
          "x",
          number(x(along, tick)),
          "y",
          number(HEIGHT - BOTTOM + 16),
          "text-anchor",
          "middle");
    }
    String bottom = number(HEIGHT - BOTTOM);
    page.single(
        "line",
        "class",
        "axis",
        "x1",
        number(LEFT),
        "x2",
        number(WIDTH - RIGHT),
        "y1",
        bottom,
        "y2",
        bottom);
    page.leaf("text", title, "class", "name", "x", number(LEFT), "y", number(TOP - 10));
    page.leaf(
        "text",
        across,
        "class",
        "tick",
        "x",
        number(WIDTH - RIGHT),
        "y",
        number(HEIGHT - 4),
        "text-anchor",
        "end");
  }

  private static void draw(Markup page, Line line, int index, Axis along, Axis down) {
    String colour = colour(line, index);
    StringBuilder path = new StringBuilder();
    boolean isJoined = false;
    for (int i = 0; i < line.x().length; i++) {
      boolean isThere = Double.isFinite(line.y()[i]);
      if (isThere) {
        path.append(isJoined ? 'L' : 'M');
        path.append(number(x(along, line.x()[i]))).append(' ');
        path.append(number(y(down, line.y()[i])));
      }
      isJoined = isThere;
    }
    page.single("path", "class", "line " + colour, "d", path.toString());
    for (int i = 0; line.style() == Line.Style.DOTS && i < line.x().length; i++) {
      if (Double.isFinite(line.y()[i])) {
        page.single(
            "circle",
            "class",
            "dot " + colour,
            "cx",
            number(x(along, line.x()[i])),
            "cy",
            number(y(down, line.y()[i])),
            "r",
            "2.5");
      }
    }
  }

  private void drawLegend(Markup page) {
    if (lines.size() < 2) {
      return;
    }
    page.open("figcaption");
    for (int i = 0; i < lines.size(); i++) {
      page.open("span", "class", "key");
      page.leaf("i", "", "class", "swatch " + colour(lines.get(i), i));
      page.text(lines.get(i).name()).close();
    }
    page.close();
  }

  /** When all colours are used, they come again, as dotted lines. */
  private static String colour(Line line, int index) {
    if (line.style() == Line.Style.LIMIT) {
      return "limit";
    }
    return "c" + index % COLOURS + (index < COLOURS ? "" : " again");
  }

  private static double x(Axis along, double number) {
    return LEFT + along.place(number) * (WIDTH - LEFT - RIGHT);
  }

  private static double y(Axis down, double number) {
    return HEIGHT - BOTTOM - down.place(number) * (HEIGHT - TOP - BOTTOM);
  }

  /** A place in tenths, which no eye tells apart. */
  private static String number(double place) {
    String text = String.format(Locale.ROOT, "%.1f", place);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
