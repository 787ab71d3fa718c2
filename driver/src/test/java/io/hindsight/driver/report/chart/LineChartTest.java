package io.hindsight.driver.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LineChartTest {
  private static final double[] X = {0, 1, 2};

  private static String drawn(LineChart chart) {
    Markup page = new Markup();
    page.open("body");
    chart.draw(page);
    return page.close().toString();
  }

  private static List<String> all(String page, String pattern) {
    return Pattern.compile(pattern).matcher(page).results().map(MatchResult::group).toList();
  }

  @Test
  void shouldTellLinesApartHoweverManyTheyAre() {
    LineChart chart = new LineChart("many", "Many", "x");
    for (int i = 0; i < 12; i++) {
      chart.add(new Line("line " + i, X, new double[] {i, i + 1, i}, Line.Style.LINE));
    }
    List<String> classes = all(drawn(chart), "class=\"line [^\"]*\"");
    assertEquals(12, classes.size());
    Set<String> different = new HashSet<>(classes);
    assertEquals(12, different.size(), different.toString());
  }

  @Test
  void shouldInterruptALineWhereANumberIsNotFinite() {
    LineChart chart = new LineChart("gap", "Gap", "x");
    chart.add(
        new Line(
            "loss",
            new double[] {0, 1, 2, 3},
            new double[] {1, Double.NaN, 2, 3},
            Line.Style.LINE));
    String path = all(drawn(chart), " d=\"[^\"]*\"").get(0);
    assertEquals(2, all(path, "M").size());
    assertEquals(1, all(path, "L").size());
  }

  @Test
  void shouldSayInWordsWhatItShows() {
    LineChart chart = new LineChart("words", "Loss", "step");
    chart.add(new Line("training", X, new double[] {3, 1, 2}, Line.Style.LINE));
    chart.add(Line.limit("limit", 0, 2, 5));
    assertTrue(
        drawn(chart).contains("Loss. training: from 3 to 2, between 1 and 3. limit: 5."),
        drawn(chart));
  }

  @Test
  void shouldDrawNothingWithoutNumbers() {
    LineChart chart = new LineChart("none", "None", "x");
    chart.add(new Line("training", new double[0], new double[0], Line.Style.LINE));
    assertTrue(chart.isEmpty());
    assertEquals(List.of(), all(drawn(chart), "<svg"));
  }
}
