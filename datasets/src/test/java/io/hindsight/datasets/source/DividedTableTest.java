package io.hindsight.datasets.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.encoded.EncodedInput;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.rows.steps.RoughOrder;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.table.TableSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of a table, and what is wrong with it, does not depend on how it is divided. */
class DividedTableTest {
  private static final String SHUFFLE_PARTITIONS = "spark.sql.shuffle.partitions";
  private static final String PARTITION_BYTES = "spark.sql.files.maxPartitionBytes";
  private static final int ROWS = 600;
  private static final int LONG_ROWS = 18_000; // of which a sequence has more than one piece
  private static final int RUNS = Integer.getInteger("hindsight.divided-runs", 1);

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
    session.conf().unset(PARTITION_BYTES);
    session.conf().unset("spark.sql.files.openCostInBytes");
    session.conf().set(SHUFFLE_PARTITIONS, "1");
  }

  @Test
  void shouldReadTheSameOfAnyFilesAndPartitions() throws IOException {
    String expected = fingerprint(table(rows(), 1));
    session.conf().set(TableSettings.SMALL, "0");
    for (int files : new int[] {1, 7, 40}) {
      TableSpec table = table(rows(), files);
      for (String partitions : files == 7 ? List.of("1", "5", "64") : List.of("5")) {
        session.conf().set(SHUFFLE_PARTITIONS, partitions);
        assertEquals(expected, fingerprint(table), files + " files, " + partitions);
      }
    }
    session.conf().set(PARTITION_BYTES, "1000");
    assertEquals(expected, fingerprint(table(rows(), 1)), "a file in many parts");
  }

  @Test
  void shouldReadTheSameOfFewRowsAndOfMany() throws IOException {
    for (List<String> rows : List.of(rows(), numericTimes(), withEmptySequence())) {
      TableSpec table = table(rows, 3);
      String expected = fingerprint(table);
      session.conf().set(TableSettings.SMALL, "0");
      assertEquals(expected, fingerprint(table));
      session.conf().unset(TableSettings.SMALL);
    }
  }

  @Test
  void shouldKeepSequencesApartWhoseIdsHaveOneHash() throws IOException {
    TableSpec table = table(ofOneHash(LONG_ROWS), 3);
    String expected = fingerprint(table);
    session.conf().set(TableSettings.SMALL, "0");
    assertEquals(expected, fingerprint(table));

    List<String> ids = ofOneHash();
    List<String> twice = ofOneHash(100);
    twice.addAll(List.of(ids.get(1) + ",70,1", ids.get(0) + ",78,1", ids.get(0) + ",79,1"));
    String refusal = refusal(table(twice, 3));
    assertTrue(refusal.contains("time 78 of sequence '" + ids.get(0) + "' twice"), refusal);
  }

  private static List<String> ofOneHash(int times) {
    List<String> ids = ofOneHash();
    List<String> rows = new ArrayList<>();
    for (int t = 0; t < times; t++) {
      for (String id : ids) {
        rows.add("%s,%d,%d".formatted(id, t, (t * 31 + id.hashCode()) % 97));
      }
    }
    Collections.shuffle(rows, new Random(5));
    return rows;
  }

  /** Two ids in order, whose rows Spark mixes. */
  private static List<String> ofOneHash() {
    Map<Long, String> first = new HashMap<>();
    for (int i = 0; ; i++) {
      String id = "s" + i;
      String other = first.putIfAbsent(RoughOrder.hash(id), id);
      if (other != null) {
        return Stream.of(other, id).sorted().toList();
      }
    }
  }

  @Test
  void shouldTellTheFirstOfManyFaultsOfRows() throws IOException {
    firstOfMany(
        "'no", "a value must be a number", row -> with(row, 2, "no " + row.replace(",", " ")));
    firstOfMany("null", "missing", row -> with(row, 1, ""));
    firstOfMany("null", "missing", row -> with(row, 0, ""));
    firstOfMany("NaN", "finite", row -> with(row, 2, "NaN"));
    firstOfMany("'", "well-formed csv", row -> row + ",7");
  }

  @Test
  void shouldTellTheFirstOfManyFaultsOfTimes() throws IOException {
    firstOfMany("'1/2/1960'", "ISO", row -> with(row, 1, "1/2/1960"));
    firstOfMany("beside", "zero-pad", row -> with(row, 1, "2024-1"));
    firstOfMany("'Jan 2024'", "ISO", row -> with(row, 1, "Jan 2024"));
  }

  @Test
  void shouldTellTheFirstOfManyFaultsOfSequences() throws IOException {
    firstOfMany("twice", "one row per time", row -> with(row, 1, "2024-01-02"));
    firstOfMany("null", "must not be missing", row -> with(row, 2, ""));
  }

  @Test
  void shouldTellATimeThatIsWrittenInSeveralWaysInOneOfThem() throws IOException {
    List<String> twice = List.of("a,1,1", "a,7,1", "b,1,1", "a,7.0,1", "a,07,1", "a,7e0,1");
    for (String small : List.of("4m", "0")) {
      session.conf().set(TableSettings.SMALL, small);
      for (int files = 1; files <= 3; files++) {
        String refusal = refusal(table(twice, files));
        assertTrue(refusal.contains("time 07 of sequence 'a' twice"), refusal);
      }
    }
  }

  @Test
  void shouldEncodeTheSameInputsInTasksAsOnTheDriver() throws IOException {
    for (boolean difference : new boolean[] {false, true}) {
      List<String> rows = withEmptySequence();
      rows.add("short,2024-01-01,1");
      TableSpec table = Tables.withScale(table(rows, 3), Scale.STANDARDIZE, difference);
      Encoding encoding = DataReader.fit(table, 1, 1).encoding();
      List<String> expected = texts(DataReader.inputs(table, encoding, 1).each());
      assertEquals(Optional.empty(), DataReader.partitionedInputs(table, encoding, 1));
      session.conf().set(TableSettings.SMALL, "0");
      for (String partitions : List.of("1", "5")) {
        session.conf().set(SHUFFLE_PARTITIONS, partitions);
        PartitionedInputs inputs = DataReader.partitionedInputs(table, encoding, 1).orElseThrow();
        assertEquals(
            expected,
            inputs.partitions().rdd().map(DividedTableTest::text).collect().stream()
                .sorted()
                .toList());
        assertEquals(Optional.empty(), inputs.note());
        inputs.close();
      }
      session.conf().unset(TableSettings.SMALL);
    }
  }

  @Test
  void shouldTellOfEachSequenceInTasksWhyItIsNotAnsweredToEvenIfNoneIs() throws IOException {
    Encoding encoding = DataReader.fit(table(rows(), 3), 1, 1).encoding();
    session.conf().set(TableSettings.SMALL, "0");
    TableSpec table = table(List.of("a,2024-01-01,", "b,2024-01-01,"), 1);
    try (PartitionedInputs inputs =
        DataReader.partitionedInputs(table, encoding, 1).orElseThrow()) {
      List<String> left = inputs.partitions().rdd().map(DividedTableTest::leftOut).collect();
      assertEquals(List.of("a", "b"), left.stream().sorted().toList());
    }
  }

  private static String leftOut(EncodedInput input) {
    return input instanceof EncodedInput.Omitted omitted ? omitted.leftOut().id() : "answered";
  }

  @Test
  void shouldTellTheFirstFaultOfInputsInTasks() throws IOException {
    TableSpec table = Tables.withScale(table(positive(), 3), Scale.LOG, false);
    Encoding encoding = DataReader.fit(table, 1, 1).encoding();
    session.conf().set(TableSettings.SMALL, "0");
    session.conf().set(SHUFFLE_PARTITIONS, "3");

    List<String> twice = positive();
    twice.addAll(List.of("s7,2024-01-05,1", "s4,2024-01-07,1", "s4,2024-01-06,1"));
    refused(table(twice, 3), encoding, "time 2024-01-06 of sequence 's4' twice");

    List<String> negative = positive();
    negative.addAll(List.of("s7,2024-02-05,-1", "s4,2024-02-07,-2", "s4,2024-02-06,-3"));
    refused(table(negative, 3), encoding, "must be positive, but found -3.0");
    refused(table(List.of(), 3), encoding, "must not be empty");
  }

  private static void refused(TableSpec table, Encoding encoding, String why) {
    DataException fault =
        assertThrows(DataException.class, () -> DataReader.partitionedInputs(table, encoding, 1));
    assertTrue(fault.getMessage().contains(why), fault.getMessage());
  }

  private List<String> positive() {
    return new ArrayList<>(rows().stream().map(row -> row.replaceAll(",0.0$", ",1")).toList());
  }

  private static List<String> texts(List<EncodedInput> inputs) {
    return inputs.stream().map(DividedTableTest::text).sorted().toList();
  }

  private static String text(EncodedInput input) {
    return input instanceof EncodedInput.Encoded encoded
        ? "%s %s %s %s %s"
            .formatted(
                encoded.id(),
                Arrays.toString(encoded.sequence().features()),
                encoded.times(),
                encoded.targetTimes(),
                encoded.series() == null ? "null" : Arrays.toString(encoded.series().toArray()))
        : input.toString();
  }

  /** The same error on each run of rows with many faults, in eight files. */
  private void firstOfMany(String value, String rule, UnaryOperator<String> fault)
      throws IOException {
    List<String> rows = rows();
    for (int i = 37; i < rows.size(); i += 53) {
      rows.set(i, fault.apply(rows.get(i)));
      rows.set(i + 1, fault.apply(rows.get(i + 1)));
    }
    TableSpec table = table(rows, 8);
    String first = refusal(table);
    assertTrue(first.contains(value) && first.contains(rule), first);
    session.conf().set(TableSettings.SMALL, "0");
    for (int run = 0; run < RUNS; run++) {
      session.conf().set(SHUFFLE_PARTITIONS, String.valueOf(1 + run % 4));
      session.conf().set("spark.sql.files.openCostInBytes", run % 2 == 0 ? "1" : "1000000");
      assertEquals(first, refusal(table));
      session.conf().set(PARTITION_BYTES, String.valueOf(300 + 200 * run));
      assertEquals(withoutRow(first), withoutRow(refusal(table)));
      session.conf().unset(PARTITION_BYTES);
    }
    session.conf().unset(TableSettings.SMALL);
  }

  /** Rows are counted from where Spark began to read a part of a file. */
  private static String withoutRow(String message) {
    return message.replaceAll("data row [0-9]+( after byte [0-9]+)?", "data row");
  }

  private static String refusal(TableSpec table) {
    return assertThrows(DataException.class, () -> DataReader.fit(table, 1, 1)).getMessage();
  }

  private static String fingerprint(TableSpec table) {
    return DataReader.fit(table, 1, 1).fingerprint();
  }

  private static String with(String row, int cell, String value) {
    String[] cells = row.split(",", -1);
    cells[cell] = value;
    return String.join(",", cells);
  }

  private List<String> rows() {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      int sequence = i % 20;
      rows.add("%s,2024-01-%02d,%s".formatted(id(sequence), 1 + i / 20, (i * 7919) % 1000 / 8.0));
    }
    Collections.shuffle(rows, new Random(3));
    return rows;
  }

  /** Some ids are beyond U+FFFF, where Java's own order of texts is another. */
  private static String id(int sequence) {
    return sequence % 5 == 0
        ? "𝄞" + sequence
        : sequence % 5 == 1 ? "\uFB01" + sequence : "s" + sequence;
  }

  private List<String> numericTimes() {
    return new ArrayList<>(
        rows().stream().map(row -> row.replace("2024-01-", "").replace(",0", ",")).toList());
  }

  private List<String> withEmptySequence() {
    return new ArrayList<>(
        rows().stream().map(row -> row.startsWith("s2,") ? with(row, 2, "") : row).toList());
  }

  /** Rows in some files, in no order. */
  private TableSpec table(List<String> rows, int files) throws IOException {
    Path table = Files.createDirectory(folder.resolve("table" + tables++));
    for (int file = 0; file < files; file++) {
      List<String> lines = new ArrayList<>(List.of("id,t,x"));
      for (int i = file; i < rows.size(); i += files) {
        lines.add(rows.get(i));
      }
      Files.write(table.resolve("part%03d.csv".formatted(file)), lines);
    }
    return Tables.withScale(Tables.csv(table.toString()), Scale.STANDARDIZE, false);
  }
}
