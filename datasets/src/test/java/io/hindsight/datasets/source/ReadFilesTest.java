package io.hindsight.datasets.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.chunks.DataStore;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.snapshot.RecordedSource;
import io.hindsight.datasets.snapshot.SourceSnapshot;
import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TextSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known afterwards of the files that data were read from. */
class ReadFilesTest {
  private static SparkSession session;

  @TempDir Path folder;
  private final Reading reading = new Reading();

  @BeforeAll
  static void startSession() {
    session = TestSession.start();
  }

  @Test
  void shouldKnowTheFilesOfATable() throws IOException {
    write("day=1/a b.csv", "id,t,x", "a,1,2", "a,2,4");
    write("day=2/c%20,d.csv", "id,t,x", "b,1,2", "b,2,4");
    write("day=2/_hidden.csv", "not read");

    DataReader.fit(Tables.csv(folder.toString()), 1, 1, reading, DataStore.onHeap());

    List<String> lines = lines();
    assertEquals(3, lines.size(), lines.toString());
    assertTrue(lines.get(0).contains("\"kind\":\"files\",\"files\":2"), lines.get(0));
    String uri = "\"file:" + folder;
    assertTrue(lines.get(1).contains(uri + "/day=1/a b.csv\",\"length\":19,"), lines.get(1));
    assertTrue(lines.get(2).contains(uri + "/day=2/c%20,d.csv\",\"length\":19,"), lines.get(2));
    String time = Files.getLastModifiedTime(folder.resolve("day=1/a b.csv")).toString();
    assertTrue(lines.get(1).contains(time.substring(0, 19)), lines.get(1) + " of " + time);
  }

  @Test
  void shouldKnowTheFilesOfAViewAndNothingOfOneOfRows() throws IOException {
    write("a.csv", "id,t,x", "a,1,2", "a,2,4");
    session
        .read()
        .option("header", "true")
        .csv(folder.toString())
        .createOrReplaceTempView("of_files");
    DataReader.fit(of("table", "of_files"), 1, 1, reading, DataStore.onHeap());
    assertTrue(lines().get(1).contains("/a.csv"), lines().get(1));

    session.sql("SELECT 'a' id, id t, id x FROM range(1, 4)").createOrReplaceTempView("of_rows");
    DataReader.fit(of("table", "of_rows"), 1, 1, reading, DataStore.onHeap());
    assertEquals(Optional.of(new SourceSnapshot.Unknown("of_rows")), reading.snapshot());
  }

  @Test
  void shouldRefuseATableWhoseFileGrowsWhileItIsRead() throws IOException {
    write("a.csv", "id,t,x", "a,1,2", "a,2,4");
    Path file = write("b.csv", "id,t,x", "b,1,2", "b,2,4");
    session.udf().register("grow", growing(file), DataTypes.StringType);
    session
        .read()
        .option("header", "true")
        .csv(folder.toString())
        .selectExpr("id", "t", "grow(x) x")
        .createOrReplaceTempView("growing");

    refused(
        of("table", "growing"),
        "1 longer (there were 2 files)",
        "b.csv is longer: ",
        "bytes, 19 before");
  }

  /** Each value that is read adds a line to the file. */
  private static UDF1<String, String> growing(Path file) {
    String name = file.toString();
    return value -> {
      Files.writeString(Path.of(name), "b,3,8\n", StandardOpenOption.APPEND);
      return value;
    };
  }

  @Test
  void shouldRefuseATextThatGrowsWhileItIsRead() throws IOException {
    session
        .sparkContext()
        .hadoopConfiguration()
        .setClass("fs.growing.impl", Growing.class, org.apache.hadoop.fs.FileSystem.class);
    write("a.txt", "to be or not to be, that is the question");
    refused(new TextSpec("growing:" + folder, Tables.ALL), "a.txt is longer: 42 bytes, 41 before");
  }

  /** This machine's files, each of which grows as it is opened. */
  public static final class Growing extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("growing:///");
    }

    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path file, int buffer) throws IOException {
      Files.writeString(Path.of(file.toUri().getPath()), "!", StandardOpenOption.APPEND);
      return super.open(file, buffer);
    }
  }

  private void refused(DataSpec spec, String... parts) {
    DataException refusal =
        assertThrows(
            DataException.class, () -> DataReader.fit(spec, 1, 1, reading, DataStore.onHeap()));
    for (String part : parts) {
      assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
    }
  }

  private static TableSpec of(String format, String path) {
    return Tables.withSource(Tables.csv(path), format, Optional.of(path), Map.of());
  }

  private Path write(String name, String... lines) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, String.join("\n", lines) + "\n");
  }

  private List<String> lines() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      RecordedSource.write(reading.snapshot().orElseThrow(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
