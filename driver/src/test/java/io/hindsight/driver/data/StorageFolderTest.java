package io.hindsight.driver.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.storage.ObjectStoreFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageFolderTest {
  @TempDir private Path folder;

  @Test
  void shouldKeepEncodedDataOnThisMachine() throws IOException {
    StorageFolderChecks.check(StorageFolder.of(folder.resolve("a b/ä").toString()));
  }

  @Test
  void shouldKeepEncodedDataInAnObjectStoreByTheSettingsItTravelsWith() throws IOException {
    String setting = "fs." + ObjectStoreFileSystem.SCHEME + ".impl";
    StorageFolderChecks.check(
        new StorageFolder(
            ObjectStoreFileSystem.SCHEME + "://" + UUID.randomUUID() + "/data",
            new TreeMap<>(Map.of(setting, ObjectStoreFileSystem.class.getName()))));
  }

  @Test
  void shouldMeanTheSamePathWhereverATaskRuns() {
    assertEquals("/shared/data", StorageFolder.of("file:///shared/data/").location());
    assertEquals(
        Path.of("data").toAbsolutePath().toString(), StorageFolder.of("./data").location());
  }

  @Test
  void shouldRefuseAFileInPlaceOfAFolder() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    ConfigException refusal =
        assertThrows(ConfigException.class, () -> StorageFolder.of(file.toString()));

    assertTrue(refusal.getMessage().contains(file + " is a file"), refusal.getMessage());
  }
}
