package io.hindsight.driver.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.storage.LocalStorage;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A reader that polls while versions come and go. As often as the goal asks with {@code
 * -Dhindsight.polls=100000 -Dhindsight.changes=200}.
 */
@Timeout(3600)
class RegistryReaderTest {
  private static final int POLLS = Integer.getInteger("hindsight.polls", 60);
  private static final int CHANGES = Integer.getInteger("hindsight.changes", 8);

  @TempDir private Path folder;

  /** Weights by version, of those that are or will be promoted in a moment. */
  private final Map<String, String> promoted = new ConcurrentHashMap<>();

  private volatile boolean isOver;

  @Test
  void shouldSeeWholeVersionsOnlyAndNoneThatWasNotPromoted() throws Exception {
    Registries registries = new Registries(new LocalStorage(), folder.toString());
    registries.promoteAll("first");
    promoted.put("first", registries.model(1).weightsSha256());
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> reader = pool.submit((Callable<Integer>) () -> poll(registries.registry()));
      for (int i = 0; i < CHANGES || !reader.isDone(); i++) {
        change(registries, i);
        Thread.sleep(Math.max(1, POLLS / CHANGES / 4));
      }
      assertTrue(reader.get() >= POLLS);
    } finally {
      isOver = true;
      pool.shutdownNow();
    }
  }

  private int poll(Registry registry) throws Exception {
    int polls = 0;
    String before = "";
    int changes = 0;
    while (!isOver && (polls < POLLS || changes < CHANGES / 4)) {
      Served served = registry.champion();
      String id = served.version().id();
      assertEquals(promoted.get(id), served.model().weightsSha256(), id);
      changes += id.equals(before) ? 0 : 1;
      before = id;
      polls++;
    }
    return polls;
  }

  /** Publishes two, of which one is promoted; goes back every third time, and deletes old ones. */
  private void change(Registries registries, int i) throws Exception {
    try (RegistryWriter writer = registries.writer()) {
      String next = "v" + i;
      registries.publish(writer, "never-" + i, 2 + i % 5);
      registries.publish(writer, next, 7 + i % 5);
      promoted.put(next, registries.model(7 + i % 5).weightsSha256());
      writer.promote(next, false, "");
      if (i % 3 == 2) {
        writer.rollback(Optional.empty(), "");
      }
      writer.prune(new Retention(1, 2), "");
    }
  }
}
