package io.hindsight.datasets.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.ClockChanges;
import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.TimeWindow;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.table.TableSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table that is read in a window of time is the table of the rows in it. */
class TimeWindowTest {
  private static final String ALL = "2024-01-01T00:00:00Z";

  private static SparkSession session;
  @TempDir Path folder;
  private int tables;

  @BeforeAll
  static void startSession() {
    session = TestSession.start();
  }

  @AfterEach
  void resetSession() {
    session.conf().unset(TableSettings.SMALL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2024-01-%02d", "202401%02d", "2024-01-%02dT02:00:00+02:00"})
  void shouldReadTheRowsInTheWindowAlone(String form) throws IOException {
    TableSpec all = table(rows(t -> form.formatted(t)), Map.of("header", "true"));
    List<String> inside = rows(t -> form.formatted(t));
    inside.removeIf(row -> !row.matches("s[0-9],.*(0[5-9]|1[0-4])([T ].*)?,[0-9.]+"));
    assertEquals(30, inside.size());
    String expected = told(table(inside, Map.of("header", "true")));
    TimeWindow window = window("2024-01-05T00:00:00Z", "2024-01-15T00:00:00Z");
    both(() -> assertEquals(expected, told(all.within(window))));
  }

  @Test
  void shouldReadTimestampsDatesAndDeclaredFormats() throws IOException {
    List<String> rows = rows(t -> "%02d.01.2024 00:00".formatted(t));
    Map<String, String> declared =
        Map.of("header", "true", "inferSchema", "true", "timestampFormat", "dd.MM.yyyy HH:mm");
    TableSpec table = table(rows, declared);
    String path = folder.resolve("parquet").toString();
    session
        .read()
        .options(declared)
        .csv(table.location().path().orElseThrow())
        .selectExpr("id", "t", "cast(t as date) d", "cast(t as timestamp_ntz) n", "x")
        .write()
        .parquet(path);
    TimeWindow window = window("2024-01-05T00:00:00Z", "2024-01-15T00:00:00Z");
    String expected = fingerprint(table.within(window));
    for (String column : List.of("t", "d", "n")) {
      TableSpec parquet =
          Tables.withKeys(
              Tables.withSource(table, "parquet", Optional.of(path), Map.of()),
              List.of("id"),
              List.of(column));
      both(() -> assertEquals(expected, fingerprint(parquet.within(window)), column));
    }
  }

  @Test
  void shouldReadMonthsInSeveralColumns() throws IOException {
    Path file = folder.resolve("months.csv");
    List<String> lines = new ArrayList<>(List.of("id,year,month,x"));
    for (int t = 0; t < 24; t++) {
      lines.add("a,%d,%d,%d".formatted(2024 + t / 12, 1 + t % 12, t * t));
    }
    Files.write(file, lines);
    TableSpec table =
        Tables.withKeys(Tables.csv(file.toString()), List.of("id"), List.of("year", "month"));
    EncodedData data =
        DataReader.fit(table.within(window("2024-11-01T00:00:00Z", "2025-03-01T00:00:00Z")), 1, 1);
    assertEquals(3, data.training().get(0).length());
    assertEquals(100, data.training().get(0).features()[0]);
  }

  @Test
  void shouldReadTheSameWindowOnEachMachine() throws Exception {
    TableSpec table = table(rows(t -> "2024-01-%02d 00:00".formatted(t)), Map.of("header", "true"));
    List<String> all =
        ClockChanges.onEachMachine(
            () ->
                fingerprint(table.within(window("2024-01-05T00:00:00Z", "2024-01-15T00:00:00Z"))));
    assertEquals(1, new HashSet<>(all).size());
  }

  @Test
  void shouldNotLookAtTheValuesOfOtherRows() throws IOException {
    List<String> rows = rows(t -> "2024-01-%02d".formatted(t));
    TimeWindow window = window("2024-01-05T00:00:00Z", "2024-01-15T00:00:00Z");
    String expected = told(table(rows, Map.of("header", "true")).within(window));
    rows.addAll(
        List.of("s0,2024-01-15,no number", "s0,2024-01-01,1", ",2024-01-04,1", "new,2024-01-04,1"));
    TableSpec table = table(rows, Map.of("header", "true"));
    both(() -> assertEquals(expected, told(table.within(window))));
  }

  @Test
  void shouldRefuseAnUnreadableTimeWhereverItsRowIs() throws IOException {
    for (String time : List.of("7", "2024-02-30", "")) {
      List<String> rows = rows(t -> "2024-01-%02d".formatted(t));
      rows.add(40, "s9,%s,1".formatted(time));
      TableSpec table = table(rows, Map.of("header", "true"));
      both(
          () -> {
            String told = refusal(table.within(window(ALL, "2024-01-03T00:00:00Z")));
            assertTrue(told.contains("data row 41, column t"), told);
          });
    }
  }

  @Test
  void shouldRefuseNumbersAndNestedRows() throws IOException {
    TimeWindow window = window(ALL, "2024-01-03T00:00:00Z");
    String numbers = refusal(table(rows(t -> "" + t), Map.of("header", "true")).within(window));
    assertTrue(
        numbers.contains("found '1'") && numbers.contains("name a column of dates"), numbers);
    Path file =
        Files.writeString(folder.resolve("a.json"), "{\"id\":\"a\",\"x\":[1,2],\"y\":[1,2]}");
    String nested = refusal(Tables.json(file.toString()).within(window));
    assertTrue(nested.contains("a row per time step"), nested);
  }

  @Test
  void shouldNameAWindowWithoutRows() throws IOException {
    TableSpec table = table(rows(t -> "2024-01-%02d".formatted(t)), Map.of("header", "true"));
    both(
        () -> {
          String told =
              refusal(table.within(window("2025-01-01T00:00:00Z", "2025-02-01T00:00:00Z")));
          assertTrue(told.contains("none from 2025-01-01T00:00:00Z to before 2025-02"), told);
        });
  }

  private interface Check {
    void run() throws IOException;
  }

  /** With the rows brought together by the driver, and by tasks. */
  private void both(Check check) throws IOException {
    session.conf().unset(TableSettings.SMALL);
    check.run();
    session.conf().set(TableSettings.SMALL, "0");
    check.run();
    session.conf().unset(TableSettings.SMALL);
  }

  private static TimeWindow window(String from, String to) {
    return new TimeWindow(Instant.parse(from), Instant.parse(to));
  }

  private static String refusal(TableSpec table) {
    return assertThrows(DataException.class, () -> DataReader.fit(table, 1, 1)).getMessage();
  }

  private static String fingerprint(TableSpec table) {
    return DataReader.fit(table, 1, 1).fingerprint();
  }

  private static String told(TableSpec table) {
    EncodedData data = DataReader.fit(table, 1, 1);
    return Stream.of(
            data.fingerprint(), data.encoding().toJson(), data.spacing(), data.omissions().read())
        .toList()
        .toString();
  }

  /** Three sequences of 20 days. */
  private static List<String> rows(IntFunction<String> time) {
    List<String> rows = new ArrayList<>();
    for (int t = 1; t <= 20; t++) {
      for (int s = 0; s < 3; s++) {
        rows.add("s%d,%s,%s".formatted(s, time.apply(t), (t * 7919 + s * 31) % 1000 / 8.0));
      }
    }
    return rows;
  }

  private TableSpec table(List<String> rows, Map<String, String> options) throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,t,x"));
    lines.addAll(rows);
    Path file = Files.write(folder.resolve("table" + tables++ + ".csv"), lines);
    return Tables.withSource(
        Tables.withScale(Tables.csv(file.toString()), Scale.STANDARDIZE, false),
        "csv",
        Optional.of(file.toString()),
        options);
  }
}
