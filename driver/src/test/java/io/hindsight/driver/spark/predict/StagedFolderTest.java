package io.hindsight.driver.spark.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedFolderTest {
  @TempDir private java.nio.file.Path dir;

  private FileSystem files;
  private Path target;

  @BeforeEach
  void open() throws IOException {
    files = FileSystem.getLocal(new Configuration());
    target = files.makeQualified(new Path(dir.resolve("out").toString()));
  }

  private void put(String file, String content) throws IOException {
    java.nio.file.Path path = dir.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  private String content() throws IOException {
    return Files.readString(dir.resolve("out/part"));
  }

  private List<String> names() {
    return Stream.of(dir.toFile().list()).sorted().toList();
  }

  private static void fill(StagedFolder folder, String content) throws IOException {
    Files.writeString(java.nio.file.Path.of(folder.path().toUri().getPath(), "part"), content);
  }

  @Test
  void shouldShowNothingAtTheNameUntilAllIsThere() throws IOException {
    try (StagedFolder folder = StagedFolder.begin(files, target)) {
      fill(folder, "new");
      assertEquals(1, names().size());
      assertTrue(names().get(0).startsWith(".out.tmp-"), names().toString());
      folder.publish(false);
    }
    assertEquals(List.of("out"), names());
    assertEquals("new", content());
  }

  @Test
  void shouldLeaveNothingOfWhatWasNotFinished() throws IOException {
    put("out/part", "old");
    try (StagedFolder folder = StagedFolder.begin(files, target)) {
      fill(folder, "half");
    }
    assertEquals(List.of("out"), names());
    assertEquals("old", content());
  }

  @Test
  void shouldKeepAFolderThatCameUpMeanwhile() throws IOException {
    try (StagedFolder folder = StagedFolder.begin(files, target)) {
      fill(folder, "new");
      put("out/part", "another's");
      assertThrows(FileAlreadyExistsException.class, () -> folder.publish(false));
    }
    assertEquals(List.of("out"), names());
    assertEquals("another's", content());
  }

  @Test
  void shouldReplaceAnOldFolderThatIsWholeUntilThen() throws IOException {
    put("out/part", "old");
    try (StagedFolder folder = StagedFolder.begin(files, target)) {
      fill(folder, "new");
      assertEquals("old", content());
      folder.publish(true);
    }
    assertEquals(List.of("out"), names());
    assertEquals("new", content());
  }

  @Test
  void shouldBringTheOldFolderBackAfterAKillBetweenTheTwoRenames() throws IOException {
    put(".out.old-1/part", "old");
    put(".out.tmp-2/part", "new");
    StagedFolder.recover(files, target);

    assertEquals("old", content());
    assertEquals(List.of(".out.tmp-2", "out"), names(), "which may be somebody's who still writes");
  }

  @Test
  void shouldRemoveTheOldFolderAfterAKillBehindTheTwoRenames() throws IOException {
    put(".out.old-1/part", "old");
    put("out/part", "new");
    StagedFolder.recover(files, target);

    assertEquals("new", content());
    assertEquals(List.of("out"), names());
  }

  @Test
  void shouldTouchNoFolderOfAnotherOutput() throws IOException {
    put(".outer.old-1/part", "old");
    put("out.old-1/part", "old");
    StagedFolder.recover(files, target);

    assertEquals(List.of(".outer.old-1", "out.old-1"), names());
  }

  @Test
  void shouldMissTheRowsThatExecutorsWroteToOtherDisks() throws IOException {
    put("out/part-00000-a.parquet", "old");
    WrittenParts parts = WrittenParts.after(files, target, true);
    put("out/shop=a/part-00001-b.c000.parquet", "new");
    put("out/shop=a/part-00003-b.c000.parquet", "new");
    parts.require(Set.of(1, 3));
    ConfigException missing =
        assertThrows(
            ConfigException.class, () -> parts.require(Set.copyOf(Arrays.asList(0, 1, 2))));
    assertTrue(missing.getMessage().contains("of 2 tasks of 3 are not there"), missing.toString());
  }
}
