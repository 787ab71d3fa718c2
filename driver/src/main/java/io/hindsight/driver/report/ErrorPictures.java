package io.hindsight.driver.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.driver.report.chart.Digits;
import io.hindsight.driver.report.chart.Line;
import io.hindsight.driver.report.chart.LineChart;
import io.hindsight.driver.report.chart.Markup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** How errors of numbers are distributed, and how they follow each other. */
final class ErrorPictures {
  private static final double OF_CHANCE = 1.96; // deviations, which 95 % are within

  private final JsonNode errors;

  ErrorPictures(JsonNode examples) {
    errors = examples.path("errors");
  }

  void write(Markup page) {
    LineChart histogram = histogram();
    if (histogram.isEmpty()) {
      return;
    }
    page.open("div", "class", "pictures");
    histogram.draw(page);
    correlation().draw(page);
    page.close();
    long outside = errors.path("below").asLong() + errors.path("above").asLong();
    page.leaf(
        "p",
        "%s errors of the nearest step ahead: mean %s, RMSE %s; %s lie beyond three times that."
            .formatted(
                text(errors.path("targets")),
                text(errors.path("mean")),
                text(errors.path("rmse")),
                outside == 0 ? "none" : Digits.text(outside)));
  }

  private LineChart histogram() {
    LineChart chart = new LineChart("errors", "Number of errors", "answer − truth");
    double from = errors.path("from").asDouble();
    double width = errors.path("width").asDouble();
    JsonNode counts = errors.path("counts");
    double[] x =
        IntStream.range(0, counts.size()).mapToDouble(i -> from + (i + 0.5) * width).toArray();
    double[] y =
        IntStream.range(0, counts.size()).mapToDouble(i -> counts.get(i).asDouble()).toArray();
    return chart.add(new Line("errors", x, y, Line.Style.BARS));
  }

  /** Beside what errors that know nothing of each other would show. */
  private LineChart correlation() {
    LineChart chart = new LineChart("follow", "Autocorrelation of errors", "lag, steps");
    List<JsonNode> lags = new ArrayList<>();
    errors.path("autocorrelation").forEach(lags::add);
    double[] x = lags.stream().mapToDouble(of -> of.path("lag").asDouble()).toArray();
    double[] y = lags.stream().mapToDouble(of -> of.path("value").asDouble()).toArray();
    double[] chance =
        lags.stream()
            .mapToDouble(of -> OF_CHANCE / StrictMath.sqrt(of.path("pairs").asDouble()))
            .toArray();
    chart.add(new Line("errors", x, y, Line.Style.BARS));
    if (!chart.isEmpty()) {
      String name = "chance, 95 %";
      chart.add(new Line(name, x, chance, Line.Style.LIMIT));
      chart.add(
          new Line(name, x, Arrays.stream(chance).map(of -> -of).toArray(), Line.Style.LIMIT));
    }
    return chart;
  }

  private static String text(JsonNode number) {
    return number.isNumber() ? Digits.text(number.asDouble()) : "–";
  }
}
