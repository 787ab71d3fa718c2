package io.hindsight.datasets.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.spec.TableLocation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The columns that the first line tells are those that Spark's own job finds. */
class FirstLineTest {
  private static SparkSession session;
  @TempDir private Path folder;

  @BeforeAll
  static void startSession() {
    session = TestSession.start();
  }

  static List<String> texts() {
    return List.of(
        "id,t,x\na,1,2\n",
        "id,t,x",
        "id,t,x\r\na,1,2\r\n",
        "id,t,x\ra,1,2\r",
        "\n   \n\nid,t,x\na,1,2\n",
        "\uFEFFid,t,x\na,1,2\n",
        "\"the id\",\"t,t\",\"a \"\"b\"\"\"\na,1,2\n",
        "x,x,X,y\n1,2,3,4\n",
        ",,z\n1,2,3\n",
        " id , t ,x \na,1,2\n",
        "größe,温度,😀\n1,2,3\n",
        "\"two\nlines\",b\n1,2\n",
        "\"open,b\n1,2\n",
        "id;t;x,5\na;1;2\n",
        "id\tt\tx\na\t1\t2\n",
        "\t\nid,t\n1,2\n",
        "null,NA,c\n1,2,3\n",
        "_corrupt_record,b\n1,2\n",
        "# a remark\nid,t\n",
        "a".repeat(70_000) + ",b\n1,2\n");
  }

  @ParameterizedTest
  @MethodSource("texts")
  void shouldTellWhatSparkFinds(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("table.csv"), text);
    for (Map<String, String> options :
        List.of(
            Map.of("header", "true", "nullValue", "NA"),
            Map.of("delimiter", "\\t", "quote", "'"),
            Map.of("header", "TRUE", "SEP", ";"))) {
      DataFrameReader reader =
          session.read().format("csv").options(options).option("enforceSchema", false);
      StructType known = reader.load(file.toString()).schema();
      assertEquals(Optional.of(known), columns(file, options), text + options);
    }
  }

  @Test
  void shouldLeaveToSparkWhatOneLineDoesNotTell() throws IOException {
    Path file = Files.writeString(folder.resolve("table.csv"), "id,t\na,1\n");
    Map<String, String> header = Map.of("header", "true");
    assertTrue(columns(file, header).isPresent());
    assertTrue(columns(folder.resolve("t*.csv"), header).isPresent());
    for (String other :
        List.of("inferSchema", "multiLine", "encoding", "comment", "lineSep", "fs.s3a.endpoint")) {
      assertEquals(Optional.empty(), columns(file, Map.of("header", "true", other, "true")), other);
    }
    assertEquals(Optional.empty(), columns(folder, header));
    assertEquals(Optional.empty(), columns(folder.resolve("none.csv"), header));
    assertEquals(
        Optional.empty(), columns(Files.writeString(folder.resolve("e.csv"), "\n \n"), header));
    assertEquals(
        Optional.empty(), columns(Files.writeString(folder.resolve("_h.csv"), "a,b\n"), header));
    Path zipped = folder.resolve("table.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      out.write("id,t\n".getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(Optional.empty(), columns(zipped, header));
    Files.writeString(folder.resolve("table2.csv"), "id,t\na,1\n");
    assertEquals(Optional.empty(), columns(folder.resolve("t*.csv"), header));
  }

  private static Optional<StructType> columns(Path file, Map<String, String> options) {
    DataFrameReader reader =
        session.read().format("csv").options(options).option("enforceSchema", false);
    TableLocation location = new TableLocation("csv", Optional.of(file.toString()), options);
    return FirstLine.columns(session, reader, location);
  }
}
