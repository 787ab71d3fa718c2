package io.hindsight.datasets.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.calendar.CalendarField;
import io.hindsight.datasets.chunks.DataStore;
import io.hindsight.datasets.columns.SideColumns;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.EncodedInput;
import io.hindsight.datasets.encoded.EncodedInput.Encoded;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.grid.Duplicates;
import io.hindsight.datasets.grid.Frequency;
import io.hindsight.datasets.grid.Gaps;
import io.hindsight.datasets.grid.TimeRules;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.stored.EncodedStore;
import io.hindsight.datasets.stored.LocalFolder;
import io.hindsight.datasets.table.TableSettings;
import io.hindsight.kernels.batch.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of one time, missing rows and inputs of the time are read as they are documented. */
class TimeRulesTest {
  private static final String SHUFFLE_PARTITIONS = "spark.sql.shuffle.partitions";

  private static SparkSession session;
  @TempDir Path folder;

  @BeforeAll
  static void startSession() {
    session = TestSession.start();
  }

  @AfterEach
  void resetSession() {
    session.conf().unset(TableSettings.SMALL);
    session.conf().set(SHUFFLE_PARTITIONS, "1");
  }

  static Stream<TimeCases.Case> cases() {
    return TimeCases.rows();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void shouldReadWhatIsDocumented(TimeCases.Case one) throws IOException {
    TableSpec table = table(one);
    if (one.isRefused()) {
      DataException e = assertThrows(DataException.class, () -> DataReader.fit(table, 3, 1));
      assertTrue(e.getMessage().contains(one.told()), e.getMessage());
      return;
    }
    EncodedData data = DataReader.fit(table, 3, 1);
    assertEquals(one.told(), TimeCases.told(data) + " | " + times(table, data.encoding()));
  }

  private TableSpec table(TimeCases.Case one) throws IOException {
    List<String> rows = Arrays.stream(one.rows().split(" ")).map(row -> "a," + row).toList();
    return Tables.withZone(csv(rows, "id,t,x"), one.zone()).with(one.rules());
  }

  /** Three files in the order of their names. */
  private TableSpec csv(List<String> rows, String header) throws IOException {
    Path files = Files.createTempDirectory(folder, "table");
    for (int file = 0; file < 3; file++) {
      List<String> lines = new ArrayList<>(List.of(header));
      int each = (rows.size() + 2) / 3;
      lines.addAll(
          rows.subList(
              Math.min(rows.size(), each * file), Math.min(rows.size(), each * (file + 1))));
      Files.write(files.resolve("part-" + file + ".csv"), lines);
    }
    return Tables.csv(files.toString());
  }

  private static String times(TableSpec table, Encoding encoding) {
    Encoded input = (Encoded) DataReader.inputs(table, encoding, 3).each().get(0);
    return String.join(" ", input.times());
  }

  /** All that is told, read, scored and answered of a table. */
  private static String all(TableSpec table) {
    try {
      EncodedData data = DataReader.fit(table, 3, 1);
      return "%s %s %s %s %s"
          .formatted(
              data.fingerprint(),
              data.encoding().toJson(),
              data.omissions().sentences(),
              data.spacing(),
              answers(table, data.encoding()));
    } catch (DataException e) {
      return e.getMessage();
    }
  }

  private static List<String> answers(TableSpec table, Encoding encoding) {
    try (PartitionedInputs there = DataReader.partitionedInputs(table, encoding, 3).orElse(null)) {
      List<EncodedInput> inputs = new ArrayList<>();
      if (there == null) {
        inputs.addAll(DataReader.inputs(table, encoding, 3).each());
      } else {
        return there.partitions().rdd().map(TimeRulesTest::answer).collect().stream()
            .sorted()
            .toList();
      }
      return inputs.stream().map(TimeRulesTest::answer).sorted().toList();
    }
  }

  private static String answer(EncodedInput input) {
    Encoded one = (Encoded) input;
    return "%s %s %s %s"
        .formatted(
            one.id(), one.times(), one.targetTimes(), Arrays.toString(one.sequence().features()));
  }

  /** Sequences of some hours, with rows missing and others twice. */
  private TableSpec hours(Duplicates duplicates, Gaps gaps) throws IOException {
    Random random = new Random(11);
    List<String> rows = new ArrayList<>();
    for (int s = 0; s < 9; s++) {
      for (int t = 0; t < 30 + s; t++) {
        String time = "2025-03-%02dT%02d:00".formatted(29 + t / 24, t % 24);
        boolean skipped = time.equals("2025-03-30T02:00");
        int copies = t == 0 || t == 29 + s ? 1 : skipped ? 0 : (int) (1.2 * random.nextInt(3));
        for (int copy = 0; copy < copies; copy++) {
          rows.add("s%d,%s,%f".formatted(s, time, random.nextGaussian()));
        }
      }
    }
    if (duplicates == Duplicates.MEAN) {
      Collections.shuffle(rows, random);
    }
    TimeRules rules =
        TimeRules.NONE
            .with(duplicates)
            .onGrid(Frequency.of("1h").orElseThrow(), gaps)
            .reading(gaps == Gaps.ALLOW, List.of(CalendarField.HOUR));
    TableSpec table = Tables.withScale(csv(rows, "id,t,x"), Scale.STANDARDIZE, false);
    TableSpec divided = Tables.withSplit(table, new Split(Split.By.TIME, 4, 4));
    return Tables.withZone(divided, ZoneId.of("Europe/Berlin")).with(rules);
  }

  @Test
  void shouldReadTheSameFromAnyPartitionsAndFiles() throws IOException {
    String told = same(hours(Duplicates.LAST, Gaps.MASK), List.of("1", "7"));
    assertTrue(told.contains("put in"), told);
    assertTrue(told.contains("merged"), told);
    assertTrue(same(hours(Duplicates.MEAN, Gaps.ALLOW), List.of("2")).contains("merged"));
    told = same(hours(Duplicates.MEAN, Gaps.ERROR), List.of("2"));
    assertTrue(told.contains("must have a row"), told);
  }

  /** What is told of a table by the driver, and by tasks of so many partitions. */
  private static String same(TableSpec table, List<String> partitions) {
    session.conf().unset(TableSettings.SMALL);
    String expected = all(table);
    session.conf().set(TableSettings.SMALL, "0");
    for (String some : partitions) {
      session.conf().set(SHUFFLE_PARTITIONS, some);
      assertEquals(expected, all(table), some + " partitions");
    }
    return expected;
  }

  @Test
  void shouldStoreTheSame() throws IOException {
    TableSpec table = hours(Duplicates.LAST, Gaps.MASK);
    EncodedData held = DataReader.fit(table, 3, 1);
    EncodedStore none = new EncodedStore(new LocalFolder(folder, false), 0);
    EncodedData stored = DataReader.fit(table, 3, 1, new Reading(), DataStore.of(none));
    assertFalse(stored.training().isHeld());
    assertEquals(TimeCases.told(held), TimeCases.told(stored));
    assertEquals(held.fingerprint(), stored.fingerprint());
    Sequence one = held.test().get(0);
    for (int t = one.firstTarget(); t < one.length(); t++) {
      if (one.isScored(t)) {
        double actual = held.forecast().orElseThrow().actual(one, t, 0);
        assertEquals(actual, stored.forecast().orElseThrow().actual(stored.test().get(0), t, 0));
      }
    }
  }

  @Test
  void shouldReadTheLargestWhereNoFileTellsWhichIsLast() {
    session
        .sql(
            "select * from values ('a', 1, 1.0), ('a', 2, -7.0), ('a', 2, 5.0), ('a', 2, -9.0),"
                + " ('a', 3, -2.0), ('a', 3, -3.0), ('a', 4, 0.0) as rows(id, t, x)")
        .repartition(3)
        .createOrReplaceTempView("rows");
    TableSpec table =
        Tables.withSource(Tables.csv(""), "table", Optional.of("rows"), Map.of())
            .with(TimeRules.NONE.with(Duplicates.LAST));
    assertEquals("1>5 5>-2 -2>0", TimeCases.told(DataReader.fit(table, 3, 1)));
    session.conf().set(TableSettings.SMALL, "0");
    session.conf().set(SHUFFLE_PARTITIONS, "3");
    EncodedData there = DataReader.fit(table, 3, 1);
    assertEquals("1>5 5>-2 -2>0", TimeCases.told(there));
    assertEquals(7, there.times().orElseThrow().rows());
  }

  @Test
  void shouldScoreTheSameInTasks() throws IOException {
    TableSpec table = hours(Duplicates.MEAN, Gaps.MASK);
    EncodedData fitted = DataReader.fit(table, 3, 1);
    EncodedData here = DataReader.apply(table, fitted.encoding(), 3, 1);
    assertEquals(fitted.fingerprint(), here.fingerprint());
    assertTrue(here.omissions().changes().inserted() > 0);
    assertTrue(here.omissions().changes().merged() > 0);
    session.conf().set(TableSettings.SMALL, "0");
    session.conf().set(SHUFFLE_PARTITIONS, "5");
    try (PartitionedData there =
        DataReader.partitioned(table, fitted.encoding(), 3, false).orElseThrow()) {
      assertEquals(here.omissions().sentences(), there.omissions().sentences());
      assertEquals(here.spacing(), there.spacing());
    }
  }

  @Test
  void shouldScaleByRowsThatAreThere() throws IOException {
    List<String> rows =
        List.of(
            "a,2025-01-01,1",
            "a,2025-01-02,3",
            "a,2025-01-05,3",
            "a,2025-01-06,5",
            "a,2025-01-07,9");
    TimeRules rules = TimeRules.NONE.onGrid(Frequency.of("1d").orElseThrow(), Gaps.MASK);
    TableSpec table = Tables.withScale(csv(rows, "id,t,x"), Scale.STANDARDIZE, false).with(rules);
    Encoding.Table encoding = (Encoding.Table) DataReader.fit(table, 3, 1).encoding();
    assertEquals((1 + 3 + 3 + 5) / 4.0, encoding.inputScaling().column(0).shift());
    assertEquals((3 + 3 + 5 + 9) / 4.0, encoding.targetScaling().orElseThrow().column(0).shift());
  }

  @Test
  void shouldReadDifferencesAcrossStepsThatArePutIn() throws IOException {
    List<String> rows =
        List.of("a,2025-01-01,1", "a,2025-01-02,3", "a,2025-01-04,4", "a,2025-01-05,8");
    TimeRules rules = TimeRules.NONE.onGrid(Frequency.of("1d").orElseThrow(), Gaps.MASK);
    TableSpec table = Tables.withScale(csv(rows, "id,t,x"), Scale.NONE, true).with(rules);
    // a change from the last row that is there to the next
    assertEquals("2:0>- 0:1>1 1:0>4", TimeCases.told(DataReader.fit(table, 3, 1)));
  }

  @Test
  void shouldNotScoreClassesOfStepsThatArePutIn() throws IOException {
    List<String> rows =
        List.of("a,2025-01-01,1,u", "a,2025-01-02,3,v", "a,2025-01-04,4,u", "a,2025-01-05,8,v");
    TimeRules rules = TimeRules.NONE.onGrid(Frequency.of("1d").orElseThrow(), Gaps.CARRY);
    TableSpec classes =
        Tables.withColumns(
            Tables.withHorizon(csv(rows, "id,t,x,y"), 0),
            List.of("x"),
            List.of("y"),
            TargetKind.CLASS);
    EncodedData data = DataReader.fit(classes.with(rules), 3, 1);
    assertEquals("1>c0 3>c1 3>- 4>c0 8>c1", TimeCases.told(data));
  }

  @Test
  void shouldRefuseTheMeanOfUnlikeCategories() throws IOException {
    List<String> rows = List.of("a,1,1,u", "a,2,3,v", "a,2,4,u", "a,3,8,v");
    TableSpec table = csv(rows, "id,t,x,c").with(new SideColumns(List.of("c"), List.of(), 1));
    String told = all(table.with(TimeRules.NONE.with(Duplicates.MEAN)));
    assertTrue(
        told.contains("must be alike in the categories, columns [c], but found 'u' and 'v'"), told);
    assertTrue(told.contains("sequence 'a', time 2"), told);
    session.conf().set(TableSettings.SMALL, "0");
    assertEquals(told, all(table.with(TimeRules.NONE.with(Duplicates.MEAN))));
  }

  @Test
  void shouldSkipHolidaysAndTellThem() throws IOException {
    List<String> rows =
        List.of("a,2025-04-17,4", "a,2025-04-22,5", "a,2025-04-23,6", "a,2025-04-25,8");
    Path days = folder.resolve("days.txt");
    Files.writeString(days, "# Easter\n2025-04-18 # Friday\r\n\n2025-04-21\n");
    TimeRules rules =
        TimeRules.NONE.onGrid(Frequency.BUSINESS_DAY, Gaps.CARRY).withHolidays(days.toString());
    TableSpec table = csv(rows, "id,t,x");
    EncodedData data = DataReader.fit(table.with(rules), 3, 1);
    assertEquals("4>5 5>6 6>- 6>8", TimeCases.told(data));
    Files.delete(days); // a model knows them
    assertEquals(
        "2025-04-17 2025-04-22 2025-04-23 2025-04-24 2025-04-25",
        times(table.with(rules), Encoding.fromJson(data.encoding().toJson())));
  }

  @Test
  void shouldReadHolidays() throws IOException {
    List<String> rows = List.of("a,2025-04-17,4", "a,2025-04-18,5", "a,2025-04-19,6");
    Path days = folder.resolve("days.txt");
    Files.writeString(days, "2025-04-18\n");
    TimeRules rules =
        TimeRules.NONE.reading(false, List.of(CalendarField.HOLIDAY)).withHolidays(days.toString());
    TableSpec table = csv(rows, "id,t,x").with(rules);
    assertEquals("4:0>5 5:1>6", TimeCases.told(DataReader.fit(table, 3, 1)));
    Files.writeString(days, "2025-04-18\n18.4.2025\n");
    DataException e = assertThrows(DataException.class, () -> DataReader.fit(table, 3, 1));
    assertTrue(e.getMessage().contains("must be a date, but found '18.4.2025'"), e.getMessage());
    assertTrue(e.getMessage().contains("days.txt:2:1"), e.getMessage());
  }

  @Test
  void shouldAnswerForTimesOfTheGrid() throws IOException {
    List<String> rows =
        List.of("a,2025-01-30,1", "a,2025-01-31,2", "a,2025-02-03,3", "a,2025-02-05,5");
    TimeRules rules = TimeRules.NONE.onGrid(Frequency.BUSINESS_DAY, Gaps.MASK);
    TableSpec table = Tables.withHorizon(csv(rows, "id,t,x"), 2).with(rules);
    EncodedData data = DataReader.fit(table, 3, 1);
    Encoded input = (Encoded) DataReader.inputs(table, data.encoding(), 3).each().get(0);
    assertEquals(
        List.of("2025-01-30", "2025-01-31", "2025-02-03", "2025-02-04", "2025-02-05"),
        input.times());
    assertEquals(
        List.of("2025-02-03", "2025-02-04", "2025-02-05", "2025-02-06", "2025-02-07"),
        input.targetTimes());
    assertEquals("1:0>3 2:0>- 3:0>5", TimeCases.told(data));
  }
}
