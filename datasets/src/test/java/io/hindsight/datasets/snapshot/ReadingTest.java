package io.hindsight.datasets.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingTest {
  private static final int MANY = 30; // so many that their folder is listed

  @TempDir Path folder;
  private final Reading reading = new Reading();

  @Test
  void shouldKeepWhatWasRead() throws IOException {
    SourceFiles files = files(1);
    assertEquals(7, reading.of(files, () -> 7));
    assertSame(files, reading.snapshot().orElseThrow());
  }

  @Test
  void shouldRefuseAFileThatGrowsWhileItIsRead() throws IOException {
    SourceFiles files = files(3);
    refused(files, () -> append("part-1"), "1 longer", "part-1 is longer: 2 bytes, 1 before");
  }

  @Test
  void shouldRefuseAFileThatIsRewrittenOrDeletedWhileItIsRead() throws IOException {
    SourceFiles files = files(MANY);
    refused(files, () -> Files.delete(folder.resolve("part-20")), "1 gone", "part-20 is gone");
    SourceFiles rest = files(MANY);
    FileTime later = FileTime.fromMillis(2_000_000_000_000L);
    refused(
        rest,
        () -> Files.setLastModifiedTime(folder.resolve("part-7"), later),
        "1 rewritten",
        "part-7 is rewritten: at 2033-05-18T03:33:20Z");
  }

  @Test
  void shouldRefuseAFolderThatIsDeletedWhileItIsRead() throws IOException {
    SourceFiles files = files(MANY);
    refused(
        files,
        () -> {
          try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
              Files.delete(file);
            }
          }
          Files.delete(folder);
        },
        "30 gone",
        "and 20 more");
  }

  @Test
  void shouldNotMindOtherFilesOfTheFolder() throws IOException {
    SourceFiles files = files(MANY);
    Path other = folder.resolve("other");
    assertEquals(other, reading.of(files, () -> Files.writeString(other, "x")));
  }

  @Test
  void shouldSayThatAFileHasChangedRatherThanHowReadingFailed() throws IOException {
    SourceFiles files = files(2);
    DataException refusal =
        assertThrows(
            DataException.class,
            () ->
                reading.of(
                    files,
                    () -> {
                      append("part-0");
                      throw new IOException("not a Parquet file");
                    }));
    assertTrue(refusal.getMessage().contains("part-0 is longer"), refusal.getMessage());
    assertEquals("not a Parquet file", refusal.getSuppressed()[0].getMessage());
  }

  @Test
  void shouldFailAsReadingFailsWhereNothingHasChanged() throws IOException {
    SourceFiles files = files(2);
    IOException failure = new IOException("not a Parquet file");
    assertSame(
        failure,
        assertThrows(
            IOException.class,
            () ->
                reading.of(
                    files,
                    () -> {
                      throw failure;
                    })));
  }

  @Test
  void shouldRefuseAFileThatIsGoneBeforeItIsRead() throws IOException {
    files(2);
    List<org.apache.hadoop.fs.Path> paths = paths(2);
    Files.delete(folder.resolve("part-1"));
    DataException refusal =
        assertThrows(DataException.class, () -> SourceFiles.find("source", paths));
    assertTrue(refusal.getMessage().contains("part-1 is gone"), refusal.getMessage());
  }

  @Test
  void shouldReadTheVersionOfTheSameTableAgain() {
    SourceVersion version = new SourceVersion("/lake/loads", "delta", "12");
    Reading again = new Reading(Optional.of(version));
    assertEquals(Optional.of("12"), again.earlier("/lake/loads", "delta"));
    assertEquals(Optional.empty(), again.earlier("/lake/loads", "iceberg"));
    assertEquals(Optional.empty(), again.earlier("/lake/other", "delta"));
    assertEquals(Optional.empty(), reading.earlier("/lake/loads", "delta"));
  }

  private interface Change {
    void make() throws IOException;
  }

  private void refused(SourceFiles files, Change change, String... parts) {
    DataException refusal =
        assertThrows(
            DataException.class,
            () ->
                reading.of(
                    files,
                    () -> {
                      change.make();
                      return null;
                    }));
    for (String part : parts) {
      assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
    }
    assertTrue(
        refusal.getMessage().startsWith("files must not change while they are read"),
        refusal.getMessage());
  }

  private void append(String name) throws IOException {
    Files.writeString(folder.resolve(name), "x", StandardOpenOption.APPEND);
  }

  private SourceFiles files(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Files.writeString(folder.resolve("part-" + i), "x");
    }
    return SourceFiles.find("source", paths(count));
  }

  private List<org.apache.hadoop.fs.Path> paths(int count) {
    List<org.apache.hadoop.fs.Path> paths = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      paths.add(new org.apache.hadoop.fs.Path("file:" + folder.resolve("part-" + i)));
    }
    return paths;
  }
}
