package io.hindsight.datasets.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.ClockChanges;
import io.hindsight.datasets.DataException;
import io.hindsight.datasets.DayRows;
import io.hindsight.datasets.Omissions.Boundaries;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.TimeWindow;
import io.hindsight.datasets.chunks.DataStore;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.encoded.PartTally;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.spec.Embargo;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.Split.Dates;
import io.hindsight.datasets.spec.Split.Margins;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.stored.EncodedStore;
import io.hindsight.datasets.stored.LocalFolder;
import io.hindsight.datasets.table.TableSettings;
import io.hindsight.kernels.batch.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoublePredicate;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts that begin at the same points in time in every sequence. */
class DateSplitTest {

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

  /** The value of a row is its day, so each input and each target tells when it is. */
  @Test
  void shouldKeepEachTargetInThePartOfItsTime() throws IOException {
    TableSpec days = table(rows());
    for (int horizon : new int[] {0, 1, 3}) {
      long all = scored(fit(Tables.withHorizon(days, horizon)).training());
      for (int[] cut : new int[][] {{20, 30}, {25, horizon == 1 ? 100 : 25}}) {
        TableSpec table =
            Tables.withSplit(Tables.withHorizon(days, horizon), split(cut[0], cut[1]));
        EncodedData data = fit(table);
        Forecast truth = data.forecast().orElseThrow();
        requireTargets(data.training(), truth, day -> day < cut[0]);
        requireTargets(data.validation(), truth, day -> day >= cut[0] && day < cut[1]);
        requireTargets(data.test(), truth, day -> day >= cut[1]);
        for (Sequence sequence : data.training()) {
          for (double day : sequence.features()) {
            assertTrue(day < cut[0], day + " is read in training before " + cut[0]);
          }
        }
        long parts = scored(data.training()) + scored(data.validation()) + scored(data.test());
        assertEquals(all, parts, table.split().toString());
      }
    }
  }

  @Test
  void shouldKeepChangesThatReachIntoAPartOutOfTheOneBefore() throws IOException {
    TableSpec changes = Tables.withScale(table(rows()), Scale.NONE, true);
    EncodedData data = fit(Tables.withSplit(changes, split(20, 30)));
    Forecast truth = data.forecast().orElseThrow();
    requireTargets(data.training(), truth, day -> day < 20);
    requireTargets(data.validation(), truth, day -> day >= 20 && day < 30);
  }

  @Test
  void shouldWarmTheStateOfLaterPartsWithAllThatIsBefore() throws IOException {
    EncodedData data = fit(Tables.withSplit(table(rows()), split(20, 30)));
    assertEquals("[old, s0, s1, s2, s3, s4]", ids(data.training()));
    assertEquals("[s0, s1, s2, s3, s4]", ids(data.validation()));
    assertEquals("[s0, s1, s2, s3, s4, young]", ids(data.test()));
    Sequence training = data.training().get(1); // old is the first
    Sequence validation = data.validation().get(0);
    assertEquals(training.length(), validation.firstTarget());
    assertEquals(validation.length(), data.test().get(0).firstTarget());
    assertEquals(1, validation.features()[0]);
  }

  @Test
  void shouldDivideTheSameHereAndInTasksAndInFilesAndWithAModel() throws IOException {
    List<String> rows = rows();
    Collections.shuffle(rows, new Random(3));
    for (TargetKind kind : List.of(TargetKind.VALUE, TargetKind.CLASS)) {
      TableSpec columns =
          Tables.withColumns(
              table(rows), List.of("x"), List.of(kind == TargetKind.VALUE ? "x" : "y"), kind);
      TableSpec scaled = Tables.withScale(columns, Scale.STANDARDIZE, false);
      boolean embargo = kind == TargetKind.VALUE;
      Split parts = split(20, 30).with(new Margins(embargo ? 2 : 0, 0));
      TableSpec table = Tables.withSplit(scaled, parts);
      EncodedData here = fit(table);
      session.conf().set(TableSettings.SMALL, "0");
      assertEquals(told(here), told(fit(table)));
      DataStore files = DataStore.of(new EncodedStore(new LocalFolder(folder, false), 0));
      EncodedData filed = DataReader.fit(table, 1, 1, new Reading(), files);
      assertEquals(told(here), told(filed));
      assertEquals(ids(here.test()), ids(filed.test()));
      assertEquals(here.test().get(1).firstTarget(), filed.test().get(1).firstTarget());
      assertEquals(here.training().get(1).length(), filed.training().get(1).length());
      assertEquals(here.validation().get(1).length(), filed.validation().get(1).length());
      try (PartitionedData there =
          DataReader.partitioned(table, here.encoding(), 1, false).orElseThrow()) {
        assertEquals(numbers(here), numbers(there.parts()));
      }
      session.conf().unset(TableSettings.SMALL);
      EncodedData again = DataReader.apply(table, here.encoding(), 1, 1);
      assertEquals(here.fingerprint(), again.fingerprint());
      assertEquals(numbers(here), numbers(again));
    }
  }

  @Test
  void shouldEndEachPartAnEmbargoBeforeTheNextOfItsSequence() throws IOException {
    EncodedData plain = fit(Tables.withSplit(table(rows()), split(20, 30)));
    Split parts = split(20, 30).with(new Margins(3, 0));
    EncodedData data = fit(Tables.withSplit(table(rows()), parts));
    assertEquals(plain.training().get(0).length(), data.training().get(0).length()); // old ends
    for (int s = 0; s < 5; s++) {
      assertEquals(plain.training().get(s + 1).length() - 3, data.training().get(s + 1).length());
      assertEquals(plain.validation().get(s).length() - 3, data.validation().get(s).length());
      assertEquals(plain.validation().get(s).firstTarget(), data.validation().get(s).firstTarget());
      assertEquals(plain.test().get(s).length(), data.test().get(s).length());
      assertEquals(plain.test().get(s).firstTarget(), data.test().get(s).firstTarget());
    }
  }

  /** Days are missing in one sequence, so that three of them are fewer steps. */
  @Test
  void shouldLeaveOutAllThatIsNotLongEnoughBeforeTheNextPart() throws IOException {
    Margins threeDays = new Margins(Embargo.ofDuration("3d").orElseThrow(), 0);
    for (Split split : List.of(split(20, 30), new Split(Split.By.TIME, 8, 9))) {
      TableSpec table = Tables.withSplit(table(rows()), split.with(threeDays));
      EncodedData data = fit(table);
      long between = 0;
      List<Sequence> inAll =
          data.validation().stream().filter(one -> one.id().startsWith("s")).toList();
      assertEquals(5, inAll.size());
      for (Sequence validation : inAll) {
        between += requireEmbargo(named(data.training(), validation.id()), validation, 3);
        between += requireEmbargo(validation, named(data.test(), validation.id()), 3);
      }
      if (split.by() == Split.By.DATE) { // else the short ones leave out steps without validation
        assertEquals(new Boundaries(between, 0), data.omissions().boundaries());
        assertEquals(
            List.of(
                "left out %d rows by the embargo before validation and test parts (data.split.embargo)"
                    .formatted(between)),
            data.omissions().sentences());
      }
      session.conf().set(TableSettings.SMALL, "0");
      assertEquals(told(data), told(fit(table)));
      assertEquals(data.omissions().boundaries(), fit(table).omissions().boundaries());
      session.conf().unset(TableSettings.SMALL);
    }
  }

  private static Sequence named(List<Sequence> part, String id) {
    return part.stream().filter(one -> one.id().equals(id)).findAny().orElseThrow();
  }

  /** The number of steps between both, whose inputs are days. */
  private static long requireEmbargo(Sequence before, Sequence next, int days) {
    double first = next.features()[next.firstTarget()];
    String what = before.id() + " before " + first;
    assertTrue(before.features()[before.length() - 1] < first - days, what);
    assertTrue(next.features()[before.length()] >= first - days, what);
    return next.firstTarget() - before.length();
  }

  @Test
  void shouldCountTargetsOfStepsAheadThatLieInALaterPart() throws IOException {
    Horizon ahead = new Horizon(3, Horizon.Strategy.DIRECT);
    List<String> rows = rows().stream().filter(row -> row.startsWith("s0")).toList();
    TableSpec table = Tables.withSplit(Tables.withHorizon(table(rows), ahead), split(20, 30));
    // The last of 39 steps has one target and the one before two, whatever the parts. Training ends
    // with day 18, of whose targets those of days 20 and 21 are validation; of day 17 that of 20.
    Boundaries found = fit(table).omissions().boundaries();
    assertEquals(new Boundaries(0, 2 * (2 + 1)), found);
    // With an embargo parts end earlier; steps between parts have no targets to leave out.
    TableSpec apart = Tables.withSplit(table, split(20, 30).with(new Margins(5, 0)));
    Boundaries embargoed = fit(apart).omissions().boundaries();
    assertEquals(new Boundaries(2 * 5, 2 * (2 + 1)), embargoed);
    List<String> told = fit(table).omissions().sentences();
    assertTrue(
        told.contains(
            "left out 6 targets of steps ahead that lie behind the part of their step (data.split)"),
        told.toString());
  }

  @Test
  void shouldRefuseADurationBeforeTimesThatAreNone() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int t = 1; t < 10; t++) {
      rows.add("a,%d,%d,a".formatted(t, t));
    }
    Margins week = new Margins(Embargo.ofDuration("7d").orElseThrow(), 0);
    Split split = new Split(Split.By.TIME, 2, 2).with(week);
    String refused = refusal(Tables.withSplit(table(rows), split));
    assertTrue(refused.contains("ISO date where data.split.embargo is a duration"), refused);
    assertTrue(refused.contains("or give data.split.embargo as a number of steps"), refused);
  }

  @Test
  void shouldFitToTheTrainingPartAlone() throws IOException {
    TableSpec table =
        Tables.withScale(Tables.withSplit(table(rows()), split(20, 30)), Scale.STANDARDIZE, false);
    List<String> others =
        new ArrayList<>(
            rows().stream()
                .map(row -> row.split(","))
                .map(
                    row ->
                        Double.parseDouble(row[2]) < 20
                            ? String.join(",", row)
                            : row[0] + "," + row[1] + ",1e6," + row[3])
                .toList());
    TableSpec changed =
        Tables.withScale(Tables.withSplit(table(others), split(20, 30)), Scale.STANDARDIZE, false);
    assertEquals(fit(table).encoding().toJson(), fit(changed).encoding().toJson());
  }

  @Test
  void shouldReadClocksOfTheZoneOnEachMachine() throws Exception {
    List<String> rows = new ArrayList<>();
    for (int hour = 0; hour < 24; hour++) {
      rows.add("a,2026-03-30 %02d:00,%d,a".formatted(hour, hour));
    }
    TableSpec utc = table(rows);
    Instant six = Instant.parse("2026-03-30T06:00:00Z");
    Split split = Split.byDate(new Dates(six, Instant.MAX));
    TableSpec berlin = Tables.withZone(Tables.withSplit(utc, split), ZoneId.of("Europe/Berlin"));
    List<Integer> lengths =
        ClockChanges.onEachMachine(() -> fit(berlin).training().get(0).length());
    assertEquals(List.of(7, 7, 7), lengths);
    assertEquals(5, fit(Tables.withSplit(utc, split)).training().get(0).length());
  }

  @Test
  void shouldTellTheTimesWhereAPartIsEmpty() throws IOException {
    TableSpec table = table(rows());
    for (String small : List.of("4m", "0")) {
      session.conf().set(TableSettings.SMALL, small);
      String none = refusal(Tables.withSplit(table, split(0, 30)));
      assertTrue(
          none.contains("the training part must not be empty, but found no step before 2023-12-31"),
          none);
      assertTrue(
          none.contains("times from 2024-01-01T00:00:00Z to 2024-02-09T00:00:00Z, data.split"),
          none);
      String late = refusal(Tables.withSplit(table, split(20, 300)));
      assertTrue(late.contains("no step from 2024-10-2") && late.contains(" on ("), late);
      String narrow =
          refusal(
              Tables.withSplit(
                  table,
                  Split.byDate(
                      new Dates(
                          Instant.parse("2024-01-10T01:00:00Z"),
                          Instant.parse("2024-01-10T02:00:00Z")))));
      assertTrue(
          narrow.contains("no step from 2024-01-10T01:00:00Z to before 2024-01-10T02"), narrow);
    }
  }

  @Test
  void shouldRefuseTimesThatAreNoneAndRowsThatHoldSequences() throws IOException {
    List<String> rows = new ArrayList<>(List.of("a,1,1,a", "a,2,2,b", "a,3,3,a"));
    String numbers = refusal(Tables.withSplit(table(rows), split(20, 30)));
    assertTrue(numbers.contains("found '1'") && numbers.contains("data row 1"), numbers);
    Path file =
        Files.writeString(folder.resolve("a.json"), "{\"id\":\"a\",\"x\":[1,2],\"y\":[1,2]}");
    String nested = refusal(Tables.withSplit(Tables.json(file.toString()), split(20, 30)));
    assertTrue(nested.contains("a row per time step"), nested);
  }

  @Test
  void shouldTellHowMuchWasReadAndOfWhichTimes() throws IOException {
    TableSpec table = Tables.withSplit(table(rows()), split(20, 30));
    TimeWindow window =
        new TimeWindow(
            Instant.parse("2024-01-03T00:00:00Z"), Instant.parse("2024-02-05T00:00:00Z"));
    for (String small : List.of("4m", "0")) {
      session.conf().set(TableSettings.SMALL, small);
      EncodedData data = fit(Tables.withMinLength(table, 6).within(window));
      long rows =
          rows().stream()
              .mapToInt(row -> Integer.parseInt(row.split(",")[2]))
              .filter(day -> day >= 3 && day < 36)
              .count();
      assertEquals(rows, data.times().orElseThrow().rows());
      assertEquals(7, data.times().get().sequences());
      assertEquals(window.from(), data.times().get().earliest().orElseThrow());
      assertEquals("2024-02-04T00:00:00Z", data.times().get().latest().get().toString());
    }
  }

  private static void requireTargets(
      List<Sequence> part, Forecast truth, DoublePredicate isOfPart) {
    for (Sequence sequence : part) {
      for (int t = 0; t < sequence.length(); t++) {
        if (sequence.isScored(t)) {
          double day = truth.actual(sequence, t, 0);
          assertTrue(isOfPart.test(day), sequence.id() + " has a target of day " + day);
        }
      }
    }
  }

  private static long scored(List<Sequence> part) {
    long scored = 0;
    for (Sequence sequence : part) {
      for (int t = 0; t < sequence.length(); t++) {
        scored += sequence.isScored(t) ? 1 : 0;
      }
    }
    return scored;
  }

  private static String ids(List<Sequence> part) {
    return part.stream().map(Sequence::id).toList().toString();
  }

  private static String told(EncodedData data) {
    return "%s %s %s %s"
        .formatted(
            data.fingerprint(), data.encoding().toJson(), numbers(data), data.times().get().text());
  }

  private static String numbers(EncodedData data) {
    return numbers(data.tally());
  }

  private static String numbers(PartTally parts) {
    return parts.numbers().stream().map(Arrays::toString).toList().toString();
  }

  private static EncodedData fit(TableSpec table) {
    return DataReader.fit(table, 1, 1);
  }

  private static String refusal(TableSpec table) {
    return assertThrows(DataException.class, () -> fit(table)).getMessage();
  }

  /** Parts that begin on these days, counted from the first of January; none after day 99. */
  private static Split split(int validation, int test) {
    return Split.byDate(new Dates(day(validation), test == 100 ? Instant.MAX : day(test)));
  }

  private static Instant day(int day) {
    return Instant.parse(DayRows.FIRST.plusDays(day - 1L) + "T00:00:00Z");
  }

  private static List<String> rows() {
    return DayRows.ending(day -> "");
  }

  private TableSpec table(List<String> rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,t,x,y"));
    lines.addAll(rows);
    Path file = Files.write(folder.resolve("table" + tables++ + ".csv"), lines);
    return Tables.csv(file.toString());
  }
}
