package io.hindsight.datasets.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Needs a UTF-8 locale itself, for it makes such files. */
class FileNamesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"données.csv", "file:/data/données.csv", "file:///data/é/*.csv", "小.txt"})
  void shouldRefuseWhatTheLocaleCannotName(String path) {
    LocaleException refusal =
        assertThrows(LocaleException.class, () -> FileNames.requireReadable(path, US_ASCII));
    assertTrue(refusal.getMessage().startsWith(path + ": "), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("US-ASCII"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("export LC_ALL=C.UTF-8"), refusal.getMessage());
    assertThrows(LocaleException.class, () -> FileNames.requireWritable(path, US_ASCII));
  }

  @Test
  void shouldTakeWhatTheLocaleCanName() {
    accepts("data/a b-1.csv", US_ASCII);
    accepts("données.csv", ISO_8859_1);
    accepts("小.txt", UTF_8);
  }

  @Test
  void shouldLeaveOtherFileSystemsTheirNames() {
    accepts("hdfs://host:8020/data/données.csv", US_ASCII);
    accepts("s3a://bucket/données/*.csv", US_ASCII);
  }

  @Test
  void shouldFindTheFileThatWouldBeLeftOutOfItsFolder() throws IOException {
    Files.createDirectories(folder.resolve("a/b"));
    accepts(folder.toString(), US_ASCII);
    Path hidden = Files.createFile(folder.resolve("a/b/données.csv"));
    assertEquals(hidden.toString(), refused(folder.toString()));
    assertEquals(hidden.toString(), refused("file:" + folder));
    assertEquals(hidden.toString(), refused(folder + "/a/*/*.csv"));
    accepts(folder + "/a/*", US_ASCII);
  }

  @Test
  void shouldLeaveWhatIsNotThereToTheReader() {
    accepts(folder.resolve("absent").toString(), US_ASCII);
  }

  private static void accepts(String path, Charset charset) {
    assertDoesNotThrow(() -> FileNames.requireReadable(path, charset));
  }

  /** The file that the refusal names. */
  private static String refused(String path) {
    LocaleException refusal =
        assertThrows(LocaleException.class, () -> FileNames.requireReadable(path, US_ASCII));
    return refusal.getMessage().split(": ")[0];
  }
}
