package io.hindsight.datasets.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.source.DataReader;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.spec.Unknown;
import io.hindsight.datasets.table.TableSettings;
import io.hindsight.kernels.batch.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What executors fit and encode is what the driver would have, to the last bit. */
class FittedTableTest {
  private static final String SHUFFLE_PARTITIONS = "spark.sql.shuffle.partitions";
  private static final Split BY_ID = new Split(Split.By.ID, 0.2, 0.25);
  private static final Split BY_TIME = new Split(Split.By.TIME, 3, 0.2);
  private static final LocalDate DAY = LocalDate.parse("2024-01-01");

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
    session.conf().set(SHUFFLE_PARTITIONS, "1");
  }

  @Test
  void shouldScaleTheSame() throws IOException {
    TableSpec table = values(rows(17, t -> DAY.plusDays(t).toString()));
    for (Scale scale : Tables.SCALES) {
      same(Tables.withScale(Tables.withSplit(table, BY_ID), scale, false), "5");
      same(Tables.withScale(Tables.withSplit(table, BY_TIME), scale, true), "5");
    }
    TableSpec ahead = Tables.withHorizon(Tables.withSplit(table, BY_TIME), 3);
    same(Tables.withScale(ahead, Scale.STANDARDIZE, true), "1", "64");
  }

  @Test
  void shouldMeasureTimeTheSame() throws IOException {
    Random random = new Random(4);
    List<IntFunction<String>> times =
        List.of(
            t -> "" + (1000 + 5 * t),
            t -> "" + (t * t * 0.1 + random.nextInt(1000) * 1e-7),
            t -> DAY.plusMonths(t).toString(),
            t -> businessDay(t).toString(),
            t -> DAY.plusDays(t + t / 7).toString());
    for (IntFunction<String> time : times) {
      List<String> rows = rows(17, time);
      rows.removeIf(row -> row.hashCode() % 11 == 0);
      TableSpec table = Tables.withSplit(values(rows), BY_ID);
      same(Tables.withMinLength(Tables.withHorizon(table, 2), 12), "5");
    }
  }

  @Test
  void shouldMeasureSequencesOfAnotherStepTheSame() throws IOException {
    List<String> rows = rows(17, t -> DAY.plusDays(t).toString());
    for (int t = 0; t < 9; t++) {
      rows.add("weekly,%s,%d,%d,1,a".formatted(DAY.plusWeeks(t), t + 1, 3 * t));
      rows.add("other,%s,%d,%d,1,b".formatted(DAY.plusDays(3L * t), t + 2, 5 * t));
    }
    String told = same(Tables.withSplit(values(rows), BY_ID), "5");
    assertTrue(told.contains("time-steps-differ"), told);
  }

  @Test
  void shouldLeaveOutTheSame() throws IOException {
    List<String> rows = rows(17, t -> DAY.plusDays(t).toString());
    rows.add("one,2024-01-05,1,1,1,a");
    rows.addAll(List.of("none,2024-01-05,,,,", "none,2024-01-06,,,,"));
    rows.addAll(List.of("far,2024-01-05,1,1,1,a", "far,2024-03-06,1,1,1,b"));
    for (Split split : List.of(BY_ID, BY_TIME)) {
      TableSpec table = Tables.withSplit(values(rows), split);
      String told = same(Tables.withMinLength(table, 2), "5");
      assertTrue(told.contains("left out"), told);
    }
    same(Tables.withMinLength(values(rows), 1000), "5");
    same(values(List.of("none,2024-01-05,,,,", "none,2024-01-06,,,,", "no,2024-01-06,,,,")), "5");
  }

  @Test
  void shouldDivideIdsOfOneHashTheSame() throws IOException {
    List<String> rows = new ArrayList<>();
    for (String id : List.of("8yn0iYCKYHlIj4-BwPqk", "GReLUrM4wMqfg9yzV3KQ")) {
      for (int t = 0; t < 5; t++) {
        rows.add("%s,%s,%d,%d,1,a".formatted(id, DAY.plusDays(t), t * t, rows.size()));
      }
    }
    rows.add("alone,2024-01-01,1,1,1,a");
    same(Tables.withSplit(values(rows), new Split(Split.By.ID, 0, 1)), "5");
    same(Tables.withSplit(values(rows), new Split(Split.By.ID, 1, 0)), "5");
  }

  @Test
  void shouldFindTheSameConstants() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int s = 0; s < 12; s++) {
      for (int t = 0; t < 20; t++) {
        double clock = (s + 1) * 1e3 + t * 0.1;
        double late = t < 13 ? 0.1 + 0.2 + 0.3 * (t % 2) - 0.3 * (t % 2) : t;
        rows.add("s%d,%s,%s,%s,%d,a".formatted(s, DAY.plusDays(t), late, clock, 7));
      }
    }
    TableSpec table = Tables.withSplit(values(rows), BY_TIME);
    for (Scale scale : List.of(Scale.STANDARDIZE, Scale.LOG, Scale.MINMAX)) {
      same(Tables.withScale(table, scale, scale == Scale.LOG), "5");
    }
    same(Tables.withScale(table, Scale.STANDARDIZE, true), "5");
  }

  @Test
  void shouldFindTheSameClasses() throws IOException {
    List<String> rows = rows(17, t -> DAY.plusDays(t).toString());
    for (int s = 0; s < 3; s++) {
      rows.add("s%d,2024-03-01,1,1,1,rare%d".formatted(s, s % 2));
      rows.add("s%d,2024-03-02,1,1,1,2.0".formatted(s));
    }
    TableSpec table =
        Tables.withColumns(values(rows), List.of("x", "z"), List.of("y"), TargetKind.CLASS);
    for (Split split : List.of(BY_ID, BY_TIME)) {
      for (Unknown unknown : Unknown.values()) {
        int horizon = split.equals(BY_ID) == (unknown == Unknown.SKIP) ? 1 : 0;
        TableSpec divided = Tables.withHorizon(Tables.withSplit(table, split), horizon);
        same(Tables.withUnknown(divided, unknown), "5");
      }
    }
    same(Tables.withUnknown(Tables.withSplit(table, BY_TIME), Unknown.SKIP), "64");
    same(Tables.withColumns(table, List.of("x"), List.of("p"), TargetKind.CLASS), "5");
  }

  @Test
  void shouldReadTheSameProbabilities() throws IOException {
    TableSpec table =
        Tables.withColumns(
            values(rows(17, t -> DAY.plusDays(t).toString())),
            List.of("x", "z"),
            List.of("p", "z"),
            TargetKind.MULTILABEL);
    for (Split split : List.of(BY_ID, BY_TIME)) {
      same(Tables.withHorizon(Tables.withSplit(table, split), 0), "5");
    }
  }

  @Test
  void shouldTellTheSameFaultFirst() throws IOException {
    List<String> rows = rows(17, t -> DAY.plusDays(t).toString());
    for (int s : new int[] {9, 4, 16}) {
      rows.add("s%d,2024-03-02,-3,1,1,a".formatted(s));
      rows.add("s%d,2024-03-01,-2,-1,1,a".formatted(s));
    }
    TableSpec table = Tables.withSplit(values(rows), BY_ID);
    String told = same(Tables.withScale(table, Scale.LOG, false), "5", "64");
    assertTrue(told.contains("must be positive") && told.contains("part"), told);
    same(Tables.withSplit(values(rows), new Split(Split.By.ID, 0.5, 0.5)), "5");
    same(Tables.withSplit(values(rows), new Split(Split.By.TIME, 100, 100)), "5");
    same(Tables.withHorizon(table, 90), "5");
    List<String> wide = rows(3, t -> DAY.plusDays(t).toString());
    wide.addAll(List.of("s1,2024-03-01,1e308,1,1,a", "s2,2024-03-01,-1.7e308,1,1,a"));
    same(Tables.withScale(values(wide), Scale.STANDARDIZE, false), "5");
  }

  /** The rows are read again to tell where a fault is, which must not be done for each of many. */
  @Test
  void shouldSearchForTheFirstFaultOnly() throws IOException {
    List<String> rows = rows(17, t -> DAY.plusDays(t).toString());
    List<String> one = rows.stream().map(row -> row.replaceAll("^(s3,[^,]*,)", "$1-")).toList();
    List<String> all = rows.stream().map(row -> row.replaceAll("^([^,]*,[^,]*,)", "$1-")).toList();
    assertEquals(jobs(one), jobs(all));
  }

  /** Those of a refusal. */
  private int jobs(List<String> rows) throws IOException {
    TableSpec table = Tables.withScale(values(rows), Scale.LOG, false);
    int before = session.sparkContext().dagScheduler().numTotalJobs();
    String told = told(table);
    assertTrue(told.contains("must be positive, but found -") && told.contains(".csv"), told);
    return session.sparkContext().dagScheduler().numTotalJobs() - before;
  }

  /** What both ways of reading give, or how both refuse. */
  private String same(TableSpec table, String... partitions) {
    session.conf().unset(TableSettings.SMALL);
    String expected = told(table);
    session.conf().set(TableSettings.SMALL, "0");
    for (String some : partitions) {
      session.conf().set(SHUFFLE_PARTITIONS, some);
      assertEquals(expected, told(table), some + " partitions of " + table);
    }
    return expected;
  }

  private static String told(TableSpec table) {
    try {
      EncodedData data = DataReader.fit(table, 3, 1);
      return "%s %s %s %s %s %s"
          .formatted(
              data.fingerprint(),
              data.encoding().toJson(),
              data.omissions().sentences(),
              data.omissions().firstIds(),
              data.spacing(),
              data.forecast().map(forecast -> numbers(data, forecast)));
    } catch (DataException e) {
      return e.getMessage();
    }
  }

  /** Answers of 0.5 and the truth, in original units. */
  private static List<Double> numbers(EncodedData data, Forecast forecast) {
    List<Double> numbers = new ArrayList<>();
    Stream.of(data.training(), data.validation(), data.test())
        .flatMap(List::stream)
        .forEach(sequence -> add(numbers, sequence, forecast));
    return numbers;
  }

  private static void add(List<Double> numbers, Sequence sequence, Forecast forecast) {
    for (int t = 0; t < sequence.length(); t++) {
      if (sequence.isScored(t)) {
        numbers.add(forecast.decode(sequence, t, 0, 0.5));
        numbers.add(forecast.actual(sequence, t, 0));
      }
    }
  }

  private static LocalDate businessDay(int t) {
    LocalDate day = DAY;
    for (int left = t; left > 0; ) {
      day = day.plusDays(1);
      boolean weekend =
          day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
      left -= weekend ? 0 : 1;
    }
    return day;
  }

  /** Sequences of 10 to 29 rows in no order. */
  private static List<String> rows(int sequences, IntFunction<String> time) {
    Random random = new Random(8);
    List<String> rows = new ArrayList<>();
    for (int s = 0; s < sequences; s++) {
      for (int t = 0; t < 10 + s * 7 % 20; t++) {
        double x = 0.1 + random.nextInt(1000) / 8.0;
        double z = 1e-3 + random.nextDouble();
        String label = random.nextBoolean() ? "1" : random.nextBoolean() ? "1.0" : "b";
        rows.add("s%d,%s,%s,%s,%d,%s".formatted(s, time.apply(t), x, z, t % 2, label));
      }
    }
    Collections.shuffle(rows, random);
    return rows;
  }

  /** Two inputs, of which the first is predicted, from rows in three files. */
  private TableSpec values(List<String> rows) throws IOException {
    Path table = Files.createDirectory(folder.resolve("table" + tables++));
    for (int file = 0; file < 3; file++) {
      List<String> lines = new ArrayList<>(List.of("id,t,x,z,p,y"));
      for (int i = file; i < rows.size(); i += 3) {
        lines.add(rows.get(i));
      }
      Files.write(table.resolve("part%d.csv".formatted(file)), lines);
    }
    TableSpec spec =
        Tables.withColumns(
            Tables.csv(table.toString()), List.of("x", "z"), List.of("x"), TargetKind.VALUE);
    return Tables.withScale(spec, Scale.STANDARDIZE, false);
  }
}
