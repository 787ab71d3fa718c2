package io.hindsight.driver.report.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A picture of a few lines or bars over one axis, with a legend, numbers on both axes, and a text
 * that says the same to whoever does not see it.
 */
public final class LineChart {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 250;
  private static final int LEFT = 56;
  private static final int RIGHT = 24; // half of the last number along
  private static final int TOP = 26;
  private static final int BOTTOM = 38;
  private static final int COLOURS = 6;

  /** A band, and the line that has its colour. */
  private record Behind(Band band, int line) {}

  private final String id;
  private final String title;
  private final String across;
  private final List<Line> lines = new ArrayList<>();
  private final List<Behind> bands = new ArrayList<>();
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

  /** With a band in the colour of the line that is added next. */
  public LineChart add(Band band) {
    bands.add(new Behind(band, lines.size()));
    return this;
  }

  /** With a line; one without numbers is left out. Bars come first. */
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
    Axis down = down();
    Axis along = along();
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
    Shapes shapes = new Shapes(page, along, down);
    bands.forEach(behind -> shapes.draw(behind.band(), "band c" + behind.line() % COLOURS));
    for (int i = 0; i < lines.size(); i++) {
      shapes.draw(lines.get(i), colour(lines.get(i), i));
    }
    page.close();
    drawLegend(page);
    page.close();
  }

  private Axis down() {
    List<double[]> numbers = new ArrayList<>(lines.stream().map(Line::y).toList());
    bands.forEach(behind -> numbers.addAll(List.of(behind.band().low(), behind.band().high())));
    Axis down = Axis.of(numbers, mayBeLogarithmic);
    return fromZero || hasBars() ? down.fromZero() : down;
  }

  private Axis along() {
    Axis along = Axis.of(lines.stream().map(Line::x).toList(), false);
    return hasBars() ? along.withRoom(Shapes.halfBar(lines.get(0))) : along;
  }

  private boolean hasBars() {
    return lines.get(0).style() == Line.Style.BARS;
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
    for (Behind behind : bands) {
      Axis range = Axis.of(List.of(behind.band().low(), behind.band().high()), false);
      text.append(' ').append(behind.band().name()).append(": between ");
      text.append(Digits.text(range.low())).append(" and ");
      text.append(Digits.text(range.high())).append('.');
    }
    return text + (down.logarithmic() ? " Logarithmic." : "");
  }

  private void drawAxes(Markup page, Axis along, Axis down) {
    for (double tick : down.ticks()) {
      String y = Shapes.number(y(down, tick));
      page.single(
          "line",
          "class",
          "grid",
          "x1",
          Shapes.number(LEFT),
          "x2",
          Shapes.number(WIDTH - RIGHT),
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
          Shapes.number(LEFT - 6),
          "y",
          Shapes.number(y(down, tick) + 4),
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
          Shapes.number(x(along, tick)),
          "y",
          Shapes.number(HEIGHT - BOTTOM + 16),
          "text-anchor",
          "middle");
    }
    String bottom = Shapes.number(HEIGHT - BOTTOM);
    page.single(
        "line",
        "class",
        "axis",
        "x1",
        Shapes.number(LEFT),
        "x2",
        Shapes.number(WIDTH - RIGHT),
        "y1",
        bottom,
        "y2",
        bottom);
    page.leaf(
        "text", title, "class", "name", "x", Shapes.number(LEFT), "y", Shapes.number(TOP - 10));
    page.leaf(
        "text",
        across,
        "class",
        "tick",
        "x",
        Shapes.number(WIDTH - RIGHT),
        "y",
        Shapes.number(HEIGHT - 4),
        "text-anchor",
        "end");
  }

  private void drawLegend(Markup page) {
    if (lines.size() < 2) {
      return;
    }
    Map<String, String> swatches = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      swatches.putIfAbsent(lines.get(i).name(), colour(lines.get(i), i));
    }
    bands.forEach(behind -> swatches.put(behind.band().name(), "band c" + behind.line() % COLOURS));
    page.open("figcaption");
    swatches.forEach(
        (name, colour) -> {
          page.open("span", "class", "key").leaf("i", "", "class", "swatch " + colour);
          page.text(name).close();
        });
    page.close();
  }

  /** When all colours are used, they come again, as dotted lines. */
  private static String colour(Line line, int index) {
    if (line.style() == Line.Style.LIMIT) {
      return "limit";
    }
    return "c" + index % COLOURS + (index < COLOURS ? "" : " again");
  }

  static double x(Axis along, double number) {
    return LEFT + along.place(number) * (WIDTH - LEFT - RIGHT);
  }

  static double y(Axis down, double number) {
    return HEIGHT - BOTTOM - down.place(number) * (HEIGHT - TOP - BOTTOM);
  }
}
