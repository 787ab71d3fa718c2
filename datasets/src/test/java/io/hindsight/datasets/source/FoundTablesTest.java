package io.hindsight.datasets.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.encoded.EncodedInputs;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.spec.ColumnNames;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.ScalingSpec;
import io.hindsight.datasets.spec.TableLocation;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.spec.TargetSpec;
import io.hindsight.kernels.batch.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables as other programs leave them. */
class FoundTablesTest {
  @TempDir private Path folder;

  @BeforeAll
  static void session() {
    TestSession.start();
  }

  private TableSpec spec(
      String format, String path, char decimal, List<String> sequence, List<String> time) {
    Map<String, String> options = Map.of("header", "true", "sep", ";");
    return new TableSpec(
        new TableLocation(
            format,
            Optional.of(folder.resolve(path).toString()),
            format.equals("csv") ? options : Map.of(),
            decimal),
        new ColumnNames(sequence, time, List.of("x"), List.of("x")),
        new TargetSpec(TargetKind.VALUE, 1),
        new ScalingSpec(Scale.NONE, false),
        Tables.ALL);
  }

  private List<Sequence> read(TableSpec spec) {
    return DataReader.fit(spec, 1, 1).training();
  }

  private void write(String file, String... lines) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, List.of(lines));
  }

  /** Such as those that a URI escapes. */
  @Test
  void shouldReadFoldersAndFilesOfAnyName() throws IOException {
    write("of 2026/a b%20#1,é.csv", "id;t;x", "a;1;2", "a;2;4", "a;3;5");
    List<Sequence> read = read(spec("csv", "of 2026", '.', List.of("id"), List.of("t")));
    assertArrayEquals(new double[] {2, 4}, read.get(0).features());

    SparkSession.active()
        .sql("SELECT 'a' id, id t, CAST(id AS DOUBLE) x FROM range(1, 4)")
        .write()
        .parquet(folder.resolve("of pandas").toString());
    read = read(spec("parquet", "of pandas", '.', List.of("id"), List.of("t")));
    assertArrayEquals(new double[] {1, 2}, read.get(0).features());
  }

  @Test
  void shouldReadNumbersWithADecimalComma() throws IOException {
    write("a.csv", "id;t;x", "a;1,5;0,25", "a;2,5;-1,5e2", "a;10,5;3");
    List<Sequence> read = read(spec("csv", "a.csv", ',', List.of("id"), List.of("t")));
    assertArrayEquals(new double[] {0.25, -150}, read.get(0).features());
  }

  @Test
  void shouldSayHowADecimalCommaIsRead() throws IOException {
    write("a.csv", "id;t;x", "a;1;0,25", "a;2;1,5");
    DataException refusal = refused(spec("csv", "a.csv", '.', List.of("id"), List.of("t")));
    assertTrue(refusal.getMessage().contains("data.decimal: \",\""), refusal::getMessage);
  }

  @Test
  void shouldRefuseAPointWhereCommasAreDecimal() throws IOException {
    write("a.csv", "id;t;x", "a;1;1.234,5", "a;2;1,5");
    DataException refusal = refused(spec("csv", "a.csv", ',', List.of("id"), List.of("t")));
    assertTrue(refusal.getMessage().contains("decimal comma"), refusal::getMessage);
  }

  @Test
  void shouldMakeAnIdAndATimeOfSeveralColumns() throws IOException {
    write(
        "a.csv",
        "store;item;day;hour;x",
        "s1;b;2024-02-01;10;3",
        "s1;b;2024-02-01;9;2",
        "s1;b;2024-01-31;23;1",
        "s1;a;2024-01-31;1;7",
        "s1;a;2024-01-31;2;8");
    List<Sequence> read =
        read(spec("csv", "a.csv", '.', List.of("store", "item"), List.of("day", "hour")));
    assertEquals(List.of("s1/a", "s1/b"), read.stream().map(Sequence::id).toList());
    assertArrayEquals(new double[] {1, 2}, read.get(1).features());
  }

  @Test
  void shouldNameTheColumnsOfAMissingPart() throws IOException {
    write("a.csv", "store;item;day;hour;x", "s1;;2024-02-01;10;3", "s1;b;;9;2");
    TableSpec spec = spec("csv", "a.csv", '.', List.of("store", "item"), List.of("day", "hour"));
    DataException refusal = refused(spec);
    assertTrue(refusal.getMessage().contains("column store, item"), refusal::getMessage);
    refusal = refused(Tables.withKeys(spec, List.of("store"), spec.names().time()));
    assertTrue(refusal.getMessage().contains("column day, hour"), refusal::getMessage);
  }

  @Test
  void shouldTakeTheNameOfAFileForAnId() throws IOException {
    write("logs/first.csv", "t;x", "1;1", "2;2");
    write("logs/second.csv", "t;x", "1;3", "2;4");
    List<Sequence> read =
        read(spec("csv", "logs", '.', List.of("_metadata.file_name"), List.of("t")));
    assertEquals(List.of("first.csv", "second.csv"), read.stream().map(Sequence::id).toList());
  }

  @Test
  void shouldReadTruthValuesInText() throws IOException {
    write("a.csv", "id;t;x", "a;1;True", "a;2;False", "a;3;true");
    List<Sequence> read = read(spec("csv", "a.csv", '.', List.of("id"), List.of("t")));
    assertArrayEquals(new double[] {1, 0}, read.get(0).features());
  }

  /** Types that pandas and other programs write, and Spark does not. */
  private void writeForeign(String file) throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            """
            message foreign {
              required binary id (STRING);
              required int64 utc (TIMESTAMP(NANOS,true));
              required int64 local (TIMESTAMP(NANOS,false));
              required double x;
              required int32 u8 (INTEGER(8,false));
              required int64 u64 (INTEGER(64,false));
              required int96 old;
              optional group list (LIST) { repeated group bag { optional double item; } }
              repeated int32 bare;
              optional group map (MAP) {
                repeated group key_value { required binary key (STRING); optional int32 value; }
              }
            }
            """);
    int[] rows = {0};
    Consumer<Group> fill =
        row -> {
          int i = rows[0]++;
          row.add("id", "a");
          row.add("utc", 1_700_000_000_000_000_000L - i);
          row.add("local", 1_700_000_000_000_000_000L - i * 3_600_000_000_001L);
          row.add("x", 3.0 - i);
          row.add("u8", 200);
          row.add("u64", -1L);
          row.add("old", Binary.fromConstantByteArray(new byte[12]));
          row.addGroup("list").addGroup("bag").add("item", 0.5);
          row.add("bare", 7);
          row.addGroup("map");
        };
    write(schema, file, fill, fill, fill);
  }

  @SafeVarargs
  private void write(MessageType schema, String file, Consumer<Group>... rows) throws IOException {
    var path = new org.apache.hadoop.fs.Path(folder.resolve(file).toUri());
    SimpleGroupFactory groups = new SimpleGroupFactory(schema);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(path).withType(schema).build()) {
      for (Consumer<Group> fill : rows) {
        Group row = groups.newGroup();
        fill.accept(row);
        writer.write(row);
      }
    }
  }

  @Test
  void shouldReadTimesInNanoseconds() throws IOException {
    writeForeign("a.parquet");
    for (String time : List.of("utc", "local")) {
      TableSpec spec = spec("parquet", "a.parquet", '.', List.of("id"), List.of(time));
      assertArrayEquals(new double[] {1, 2}, read(spec).get(0).features());
    }
    TableSpec spec = spec("parquet", "a.parquet", '.', List.of("id"), List.of("local"));
    Encoding encoding = DataReader.fit(spec, 1, 1).encoding();
    EncodedInputs inputs = DataReader.inputs(spec, encoding, 1);
    assertEquals("2023-11-14T20:13:19.999999998", inputs.answered().get(0).times().get(0));
    assertEquals("2023-11-14T22:13:20", inputs.answered().get(0).times().get(2));
  }

  @Test
  void shouldNotTakeATimeInNanosecondsForANumber() throws IOException {
    writeForeign("a.parquet");
    TableSpec spec = spec("parquet", "a.parquet", '.', List.of("id"), List.of("utc"));
    DataException refusal =
        refused(Tables.withColumns(spec, List.of("utc"), List.of("x"), TargetKind.VALUE));
    assertTrue(refusal.getMessage().contains("timestamp in nanoseconds"), refusal::getMessage);
  }

  @Test
  void shouldSayWhichTypeSparkDoesNotKnow() throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message half { required fixed_len_byte_array(2) x (FLOAT16); }");
    write(schema, "a.parquet", row -> row.add("x", Binary.fromConstantByteArray(new byte[2])));
    DataException refusal = refused(spec("parquet", "a.parquet", '.', List.of("id"), List.of("t")));
    assertTrue(refusal.getMessage().contains("FLOAT16"), refusal::getMessage);
    assertTrue(refusal.getMessage().contains("without that column"), refusal::getMessage);
  }

  private DataException refused(TableSpec spec) {
    DataException refusal = assertThrows(DataException.class, () -> read(spec));
    System.out.println(refusal.getMessage());
    return refusal;
  }
}
