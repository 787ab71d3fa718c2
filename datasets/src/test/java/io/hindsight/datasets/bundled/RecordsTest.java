package io.hindsight.datasets.bundled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Measured series are as long as is said of them, whole but for what is said to be missing. */
class RecordsTest {
  private static final Path DATA = Path.of("data");

  @Test
  void shouldHaveTenYearsOfEachSector() throws IOException {
    try (Stream<String> lines = Files.lines(DATA.resolve("employment.csv"))) {
      Map<String, List<String>> months = series(lines.toList(), 1, 1);
      assertEquals(22, months.size());
      months.values().forEach(of -> assertEquals(months(2006, 10), of));
    }
  }

  @Test
  void shouldHaveTwelveYearsOfFiveHundredSeriesOfWeather() throws IOException {
    List<String> lines = colorado();
    Map<String, List<String>> months = series(lines, 2, 3);
    assertEquals(505, months.size());
    months.values().forEach(of -> assertEquals(months(1986, 12), of));
    Map<String, List<String>> values = series(lines, 2, 4);
    long missing = values.values().stream().flatMap(List::stream).filter(String::isEmpty).count();
    assertEquals(2052, missing);
    for (List<String> of : values.values()) {
      assertTrue(of.stream().filter(String::isEmpty).count() <= 12, of.toString());
    }
  }

  @Test
  void shouldHaveDaysWarmerThanNights() throws IOException {
    Map<String, List<String>> values = series(colorado(), 2, 4);
    int compared = 0;
    for (Map.Entry<String, List<String>> low : values.entrySet()) {
      List<String> high = values.get(low.getKey().replace(",low", ",high"));
      for (int t = 0; low.getKey().endsWith(",low") && high != null && t < high.size(); t++) {
        String night = low.getValue().get(t);
        if (!night.isEmpty() && !high.get(t).isEmpty()) {
          assertTrue(Double.parseDouble(night) < Double.parseDouble(high.get(t)), low.getKey());
          compared++;
        }
      }
    }
    assertTrue(compared > 20_000, compared + " months");
  }

  /** A column by id, which is the cells up to column {@code id}. */
  private static Map<String, List<String>> series(List<String> lines, int id, int column) {
    Map<String, List<String>> series = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      String key = String.join(",", List.of(cells).subList(0, id));
      series.computeIfAbsent(key, k -> new ArrayList<>()).add(cells[column]);
    }
    return series;
  }

  private static List<String> months(int first, int years) {
    List<String> months = new ArrayList<>();
    for (int month = 0; month < 12 * years; month++) {
      months.add("%d-%02d".formatted(first + month / 12, 1 + month % 12));
    }
    return months;
  }

  private static List<String> colorado() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(DATA.resolve("colorado.csv.gz"))),
                StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }
}
