package io.hindsight.datasets.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.DayRows;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.chunks.DataStore;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.grid.Duplicates;
import io.hindsight.datasets.grid.Frequency;
import io.hindsight.datasets.grid.Gaps;
import io.hindsight.datasets.grid.TimeRules;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.datasets.spec.PartColumn;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Parts that a column of the table tells: where it says what dates say, they are those of dates.
 */
class ColumnSplitTest {
  private static final int VALIDATION = 25; // days of January
  private static final int TEST = 30;
  private static final Split BY_COLUMN = by("part", "valid", "held out");

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

  @Test
  void shouldDivideAsDatesWouldThatSayTheSame() throws IOException {
    List<String> rows = rows();
    Collections.shuffle(rows, new Random(5));
    TableSpec plain = Tables.withScale(table(rows), Scale.STANDARDIZE, false);
    requireSame(Tables.withHorizon(plain, 0), new Margins(2, 0));
    requireSame(Tables.withHorizon(plain, 1), Margins.NONE);
    requireSame(
        Tables.withHorizon(plain, new Horizon(3, Horizon.Strategy.DIRECT)), new Margins(2, 0));
    requireSame(Tables.withScale(plain, Scale.NONE, true), Margins.NONE);
    requireSame(
        Tables.withColumns(plain, List.of("x"), List.of("y"), TargetKind.CLASS), Margins.NONE);
    requireSame(
        plain.with(TimeRules.NONE.onGrid(Frequency.of("1d").orElseThrow(), Gaps.MASK)),
        Margins.NONE);
  }

  private void requireSame(TableSpec table, Margins margins) throws IOException {
    EncodedData dates = fit(Tables.withSplit(table, byDate().with(margins)));
    TableSpec byColumn = Tables.withSplit(table, BY_COLUMN.with(margins));
    EncodedData here = fit(byColumn);
    assertEquals(told(dates), told(here));
    session.conf().set(TableSettings.SMALL, "0");
    DataStore files = DataStore.of(new EncodedStore(new LocalFolder(folder, false), 0));
    assertEquals(told(dates), told(DataReader.fit(byColumn, 1, 1, new Reading(), files)));
    if (table.timeRules().areNone()) {
      try (PartitionedData there =
          DataReader.partitioned(byColumn, here.encoding(), 1, false).orElseThrow()) {
        assertEquals(numbers(dates), numbers(there.parts().numbers()));
      }
    }
    session.conf().unset(TableSettings.SMALL);
    assertEquals(
        here.fingerprint(), DataReader.apply(byColumn, here.encoding(), 1, 1).fingerprint());
  }

  /** Where all is the test part, or nothing is divided, the column need not be there. */
  @Test
  void shouldReadTheColumnOnlyWhereItIsAsked() throws IOException {
    TableSpec byColumn = Tables.withSplit(table(rows()), BY_COLUMN);
    EncodedData trained = fit(byColumn);
    List<String> others =
        rows().stream().map(row -> row.substring(0, row.lastIndexOf(','))).toList();
    TableSpec without = Tables.withSplit(lines("id,t,x,y", others), BY_COLUMN);
    EncodedData all = DataReader.applyUnsplit(without, trained.encoding(), 1, 1);
    assertEquals(7, all.test().size());
    assertEquals(7, DataReader.inputs(without, trained.encoding(), 1).each().size());
    String refused = refusal(without);
    assertTrue(refused.contains("the data must have the column 'part'"), refused);
  }

  /** As Spark ML's indicator of validation is. */
  @Test
  void shouldTakeWholeSequencesByATruthValue() throws IOException {
    StringBuilder json = new StringBuilder();
    List<String> flat = new ArrayList<>();
    for (int s = 0; s < 6; s++) {
      boolean held = s % 3 == 1;
      json.append(
          "{\"id\":\"s%d\",\"x\":[1,2,%d],\"y\":[1,2,3],\"held\":%b}%n".formatted(s, s, held));
      for (int t = 0; t < 3; t++) {
        flat.add("s%d,%d,%d,%d,%b".formatted(s, t, t < 2 ? t + 1 : s, t + 1, held));
      }
    }
    Split held = by("held", "true", "");
    Path file = Files.writeString(folder.resolve("nested.json"), json);
    EncodedData nested = fit(Tables.withSplit(Tables.json(file.toString()), held));
    TableSpec rows = Tables.withHorizon(lines("id,t,x,y,held", flat), 0);
    EncodedData steps =
        fit(
            Tables.withSplit(
                Tables.withColumns(rows, List.of("x"), List.of("y"), TargetKind.VALUE), held));
    for (EncodedData data : List.of(nested, steps)) {
      assertEquals("[s0, s2, s3, s5]", ids(data.training()));
      assertEquals("[s1, s4]", ids(data.validation()));
      assertEquals("[]", ids(data.test()));
      assertEquals(0, data.validation().get(0).firstTarget());
    }
    assertEquals(nested.fingerprint(), steps.fingerprint());
  }

  /** A fold of a cross-validation, as a number. */
  @Test
  void shouldTakeAnyOtherValueToTrainOn() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int s = 0; s < 8; s++) {
      for (int t = 0; t < 3; t++) {
        rows.add("s%d,%d,%d,a,%s".formatted(s, t, t, s == 7 ? "none" : s % 4));
      }
    }
    EncodedData data = fit(Tables.withSplit(table(rows), by("part", "3", "0")));
    assertEquals("[s1, s2, s5, s6, s7]", ids(data.training()));
    assertEquals("[s3]", ids(data.validation()));
    assertEquals("[s0, s4]", ids(data.test()));
  }

  @Test
  void shouldRefuseAnEarlierPartBehindALaterOne() throws IOException {
    List<String> rows =
        List.of("a,2024-01-01,1,a,train", "a,2024-01-02,2,a,valid", "a,2024-01-03,3,a,train");
    for (String small : List.of("4m", "0")) {
      session.conf().set(TableSettings.SMALL, small);
      String refused = refusal(Tables.withSplit(table(rows), by("part", "valid", "")));
      assertTrue(refused.contains("must be of the training part first"), refused);
      assertTrue(refused.contains("found training after validation"), refused);
      assertTrue(refused.contains("sequence 'a', time 2024-01-03, column part"), refused);
    }
  }

  /** Of the labels of one sequence there is no part that a step would belong to. */
  @Test
  void shouldKeepALabelStringInOnePart() throws IOException {
    List<String> rows =
        List.of("a,1,1,p,train", "a,2,2,,train", "a,3,3,q,train", "b,1,1,q,valid", "b,2,1,,valid");
    TableSpec strings = strings(rows);
    EncodedData data = fit(strings);
    assertEquals("[a] [b]", ids(data.training()) + " " + ids(data.validation()));
    List<String> torn = new ArrayList<>(rows);
    torn.set(2, "a,3,3,q,valid");
    String refused = refusal(strings(torn));
    assertTrue(refused.contains("a label string must be of one part"), refused);
    assertTrue(refused.contains("found validation after training"), refused);
    assertTrue(refused.contains("sequence 'a', time 3, column part"), refused);
  }

  private TableSpec strings(List<String> rows) throws IOException {
    TableSpec steps = Tables.withHorizon(table(rows), 0);
    return Tables.withSplit(
        Tables.withColumns(steps, List.of("x"), List.of("y"), TargetKind.LABEL_STRING),
        by("part", "valid", ""));
  }

  @Test
  void shouldRefuseMeansOfRowsOfTwoParts() throws IOException {
    List<String> rows =
        List.of("a,2024-01-01,1,a,train", "a,2024-01-02,2,a,train", "a,2024-01-02,3,a,valid");
    TableSpec table =
        Tables.withSplit(table(rows), by("part", "valid", ""))
            .with(TimeRules.NONE.with(Duplicates.MEAN));
    String refused = refusal(table);
    assertTrue(refused.contains("must be alike in their part of the data, column part"), refused);
    assertTrue(refused.contains("'training' and 'validation'"), refused);
  }

  @Test
  void shouldTellWhichValueNoRowHasAndWhereThereIsNone() throws IOException {
    String refused = refusal(Tables.withSplit(table(rows()), by("part", "validation", "")));
    assertTrue(refused.contains("the validation part must not be empty"), refused);
    assertTrue(refused.contains("no step with 'validation' in column part"), refused);
    String none =
        refusal(Tables.withSplit(table(List.of("a,1,1,a,x", "a,2,2,a,x")), by("part", "x", "")));
    assertTrue(none.contains("nothing left for it in column part"), none);
  }

  @Test
  void shouldRefuseAColumnOfArrays() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("a.json"), "{\"id\":\"a\",\"x\":[1,2],\"y\":[1,2],\"p\":[0,1]}");
    String refused = refusal(Tables.withSplit(Tables.json(file.toString()), by("p", "1", "")));
    assertTrue(refused.contains("column 'p' must be parts of the data: text"), refused);
  }

  private static String told(EncodedData data) {
    return "%s %s %s %s"
        .formatted(
            data.fingerprint(),
            data.encoding().toJson(),
            numbers(data.tally().numbers()),
            data.omissions().boundaries());
  }

  private static String numbers(EncodedData data) {
    return numbers(data.tally().numbers());
  }

  private static String numbers(List<long[]> parts) {
    return parts.stream().map(Arrays::toString).toList().toString();
  }

  private static String ids(List<Sequence> part) {
    return part.stream().map(Sequence::id).toList().toString();
  }

  private static EncodedData fit(TableSpec table) {
    return DataReader.fit(table, 1, 1);
  }

  private static String refusal(TableSpec table) {
    return assertThrows(DataException.class, () -> fit(table)).getMessage();
  }

  private static Split by(String column, String validation, String test) {
    return Split.byColumn(new PartColumn(column, validation, test));
  }

  private static Split byDate() {
    return Split.byDate(new Dates(midnight(VALIDATION), midnight(TEST)));
  }

  private static Instant midnight(int day) {
    return Instant.parse(DayRows.FIRST.plusDays(day - 1L) + "T00:00:00Z");
  }

  private static List<String> rows() {
    return DayRows.ending(day -> day < VALIDATION ? ",train" : day < TEST ? ",valid" : ",held out");
  }

  private TableSpec table(List<String> rows) throws IOException {
    return lines("id,t,x,y,part", rows);
  }

  private TableSpec lines(String head, List<String> rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of(head));
    lines.addAll(rows);
    return Tables.csv(Files.write(folder.resolve("table" + tables++ + ".csv"), lines).toString());
  }
}
