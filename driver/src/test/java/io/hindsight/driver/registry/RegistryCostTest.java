package io.hindsight.driver.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.model.ModelFolder;
import io.hindsight.driver.model.TestModels;
import io.hindsight.driver.storage.ObjectStoreFileSystem;
import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What a registry reads and writes, counted in bytes; {@code -Dhindsight.units=1600} makes versions
 * of 10⁷ parameters.
 */
class RegistryCostTest {
  private static final int UNITS = Integer.getInteger("hindsight.units", 120);
  private static final int VERSIONS = 10;
  private static final long SMALL = 20_000; // bytes of all other files of a version

  private final String bucket = "bucket://" + UUID.randomUUID();
  private final Storage storage = Storage.of(bucket, ObjectStoreFileSystem::configuration);
  private final Registries registries = new Registries(storage, bucket);

  @Test
  void shouldReadAndWriteWeightsOnceToPublishAndNeverToTellTheState() throws Exception {
    long weights = 0;
    try (RegistryWriter writer = registries.writer()) {
      for (int i = 0; i < VERSIONS; i++) {
        String source = bucket + "/source-" + i;
        weights = 8 * TestModels.save(storage, source, i, UNITS);
        long put = ObjectStoreFileSystem.bytesPut();
        long read = ObjectStoreFileSystem.bytesRead();
        publish(writer, "v" + i, source);
        assertTrue(isOnce(weights, ObjectStoreFileSystem.bytesPut() - put));
        assertTrue(isOnce(weights, ObjectStoreFileSystem.bytesRead() - read));
        writer.promote("v" + i, false, "");
        storage.delete(source);
      }
    }
    long read = ObjectStoreFileSystem.bytesRead();
    assertEquals(VERSIONS, registries.registry().history().size());
    assertEquals(VERSIONS, registries.registry().list().size());
    long all = ObjectStoreFileSystem.bytesRead() - read;
    assertTrue(all < VERSIONS * SMALL && SMALL < weights, all + " bytes");
  }

  private static boolean isOnce(long weights, long bytes) {
    return weights <= bytes && bytes < weights + SMALL;
  }

  private void publish(RegistryWriter writer, String id, String source) throws IOException {
    ModelFolder model = ModelFolder.open(storage, source);
    writer.publish(id, model, Registries.blessed(), TrainingData.of(model.description()));
  }

  /** Killed before each of its changes in turn, and followed by another that does the same. */
  @Test
  void shouldShowTheOldChampionOrTheNewOneWhereverItsWriterIsKilled() throws Exception {
    registries.promoteAll("a");
    registries.model(2);
    boolean isDone = false;
    int kills = 0;
    for (; !isDone; kills++) {
      isDone = publishesWith(kills);
      if (!isDone) {
        assertEquals("a", registries.registry().champion().version().id());
        List<String> seen = RegistryTest.ids(registries.registry().list());
        assertTrue(List.of(List.of("a"), List.of("b", "a")).contains(seen), seen.toString());
      }
    }
    assertTrue(kills > 6, kills + " kills");
    assertEquals("b", registries.registry().champion().version().id());
    assertEquals(2, registries.registry().history().size());
    assertEquals(List.of("b", "a"), RegistryTest.ids(registries.registry().list()));
    assertThrows(RegistryException.class, () -> registries.registry().version("c"));
  }

  /** Whether it comes to its end with so many changes. */
  private boolean publishesWith(int changes) throws IOException {
    try (RegistryWriter writer = registries.writer()) {
      try {
        ObjectStoreFileSystem.failAfter(changes);
        registries.publish(writer, "b", 2);
        writer.promote("b", false, "");
        return true;
      } catch (IOException killed) {
        return false;
      } finally {
        ObjectStoreFileSystem.failAfter(Integer.MAX_VALUE);
      }
    }
  }
}
