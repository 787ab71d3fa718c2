package io.hindsight.datasets.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedSourceTest {
  private static final FileTime THEN = FileTime.fromMillis(1_700_000_000_123L);

  @TempDir Path folder;

  @Test
  void shouldTellEachKindOfChangeAndNameTheFile() throws IOException {
    List.of("same", "grown", "cut", "touched", "lost").forEach(name -> write(name, "12345"));
    byte[] stored = stored(files());
    write("grown", "1234567");
    write("cut", "1");
    Files.setLastModifiedTime(folder.resolve("touched"), FileTime.fromMillis(1_700_000_060_000L));
    Files.delete(folder.resolve("lost"));
    write("added", "");

    SourceDifference difference = difference(stored, files());

    assertEquals(
        "1 new, 1 gone, 1 longer, 1 shorter, 1 rewritten (there were 5 files)", difference.found());
    assertEquals(
        String.join(
            "; ",
            folder + "/added is new: 0 bytes",
            folder + "/cut is shorter: 1 byte, 5 before",
            folder + "/grown is longer: 7 bytes, 5 before",
            folder + "/lost is gone: 5 bytes before",
            folder
                + "/touched is rewritten: at 2023-11-14T22:14:20Z, at 2023-11-14T22:13:20.123Z"
                + " before"),
        difference.where());
    assertTrue(difference.remedy().contains("bring the old files back"), difference.remedy());
  }

  @Test
  void shouldNameTheFirstTenAndCountTheRest() throws IOException {
    write("only", "x");
    byte[] stored = stored(files());
    Files.delete(folder.resolve("only"));
    for (int i = 10; i < 27; i++) {
      write("part-" + i, "x");
    }

    SourceDifference difference = difference(stored, files());

    assertEquals("17 new, 1 gone (there were 1 file)", difference.found());
    assertTrue(difference.where().contains("only is gone"), difference.where());
    assertTrue(difference.where().contains("part-18 is new"), difference.where());
    assertFalse(difference.where().contains("part-19"), difference.where());
    assertTrue(difference.where().endsWith("; and 8 more"), difference.where());
  }

  @Test
  void shouldSayThatNoFileHasChanged() throws IOException {
    write("a", "x");
    byte[] stored = stored(files());

    SourceDifference difference = difference(stored, files());

    assertEquals("other values in the same 1 file", difference.found());
    assertTrue(difference.remedy().contains("settings"), difference.remedy());
  }

  @Test
  void shouldKeepNamesOfAnyCharacters() throws IOException {
    List.of("a b%20c.csv", "\"quoted\"\n\\.csv", "x:y#z?.csv", "données 😀.csv", "id=1")
        .forEach(name -> write(name, "x"));
    byte[] stored = stored(files());

    assertEquals(1 + 5, new String(stored, StandardCharsets.UTF_8).lines().count());
    assertTrue(difference(stored, files()).found().contains("the same 5 files"));
    for (Path file : list()) {
      Files.writeString(file, "xy");
    }
    String where = difference(stored, files()).where();
    assertTrue(where.contains(folder + "/données 😀.csv is longer"), where);
  }

  @Test
  void shouldCompareFilesOfManyFolders() throws IOException {
    List<String> names = List.of("b/1", "b/2", "b-c/1", "b/c/1", "a");
    names.forEach(name -> write(name, "x"));
    byte[] stored = stored(files(names.toArray(String[]::new)));
    write("b/c/1", "xyz");

    SourceDifference difference = difference(stored, files(names.toArray(String[]::new)));

    assertEquals("1 longer (there were 5 files)", difference.found());
    assertEquals(folder + "/b/c/1 is longer: 3 bytes, 1 before", difference.where());
  }

  @Test
  void shouldTakeALineForEachOfManyFiles() throws IOException {
    List<FileStatus> many = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      many.add(status("hdfs://host:8020/lake/day=" + i % 100 + "/part-" + i + ".parquet", i));
    }
    byte[] stored = stored(SourceFiles.of("hdfs://host:8020/lake", many));
    many.set(70_000, status("hdfs://host:8020/lake/day=0/part-70000.parquet", 5));

    SourceDifference difference = difference(stored, SourceFiles.of("hdfs://host:8020/lake", many));

    assertEquals(100_001, new String(stored, StandardCharsets.UTF_8).lines().count());
    assertEquals("1 shorter (there were 100,000 files)", difference.found());
    assertEquals(
        "hdfs://host:8020/lake/day=0/part-70000.parquet is shorter: 5 bytes, 70,000 before",
        difference.where());
  }

  private static FileStatus status(String uri, long length) {
    return new FileStatus(
        length, false, 1, 1 << 20, THEN.toMillis(), new org.apache.hadoop.fs.Path(uri));
  }

  @Test
  void shouldTellOneVersionFromAnother() throws IOException {
    SourceVersion twelve = new SourceVersion("/lake/loads", "delta", "12");
    byte[] stored = stored(twelve);
    try (RecordedSource recorded = RecordedSource.open(new ByteArrayInputStream(stored))) {
      assertEquals(Optional.of(twelve), recorded.version());
    }

    SourceDifference other = difference(stored, new SourceVersion("/lake/loads", "delta", "13"));
    assertEquals("version 13 of the delta table", other.found());
    assertEquals("/lake/loads, which was version 12 of the delta table", other.where());
    assertEquals(
        "other values in version 12 of the delta table", difference(stored, twelve).found());
    write("a", "x");
    assertEquals("1 file", difference(stored, files()).found());
  }

  @Test
  void shouldSayThatNothingIsKnownOfASourceWithoutFiles() throws IOException {
    SourceSnapshot jdbc = new SourceSnapshot.Unknown("source 'jdbc'");

    SourceDifference difference = difference(stored(jdbc), jdbc);

    assertEquals("other values", difference.found());
    assertEquals("source 'jdbc' has no files that could tell what has changed", difference.where());
    DataException refusal = difference.refusal("the data must be that of before");
    assertTrue(refusal.getMessage().contains("but found other values"), refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"format\": \"hindsight-model\", \"format_version\": 1}",
        "{\"format\": \"hindsight-source\", \"format_version\": 2}",
        "{\"format\": \"hindsight-source\", \"format_version\": 1, \"kind\": \"files\"}",
      })
  void shouldRefuseWhatIsNoRecord(String head) {
    assertThrows(IOException.class, () -> open(head));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"file\": \"/a\"}",
        "{\"file\": \"/a\", \"length\": 1, \"modified\": \"today\"}",
        "{\"length\": 1, \"modified\": \"2026-11-27T06:00:00Z\"}",
        "{\"file\": \"\", \"length\": 1, \"modified\": \"2026-11-27T06:00:00Z\"}",
        "{\"file\": \"/\", \"length\": 1, \"modified\": \"2026-11-27T06:00:00Z\"}",
      })
  void shouldRefuseADamagedRecordOfFiles(String line) throws IOException {
    write("a", "x");
    String head =
        "{\"format\":\"hindsight-source\",\"format_version\":1,\"source\":\"s\",\"kind\":\"files\","
            + "\"files\":1}\n";
    try (RecordedSource recorded = open(head + line)) {
      assertThrows(IOException.class, () -> recorded.differenceTo(files()));
    }
  }

  private static RecordedSource open(String text) throws IOException {
    return RecordedSource.open(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static SourceDifference difference(byte[] stored, SourceSnapshot now) throws IOException {
    try (RecordedSource recorded = RecordedSource.open(new ByteArrayInputStream(stored))) {
      return recorded.differenceTo(now);
    }
  }

  private static byte[] stored(SourceSnapshot snapshot) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RecordedSource.write(snapshot, out);
    return out.toByteArray();
  }

  private void write(String name, String content) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      Files.setLastModifiedTime(file, THEN);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<Path> list() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private SourceFiles files() throws IOException {
    return files(list().stream().map(file -> file.getFileName().toString()).toArray(String[]::new));
  }

  private SourceFiles files(String... names) {
    return SourceFiles.find(
        folder.toString(),
        Stream.of(names).map(name -> new org.apache.hadoop.fs.Path(uri(name))).toList());
  }

  private String uri(String name) {
    return "file:" + folder.resolve(name);
  }
}
