package io.hindsight.driver.storage;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStorageTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = 50;

  @TempDir private Path folder;

  /** New owners of a directory clean it up while those who lost it still take back their own. */
  @Test
  void shouldDeleteWhatOthersAreDeletingToo() throws Exception {
    Storage storage = new LocalStorage();
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        Path tree = tree(folder.resolve("tree" + round));
        CyclicBarrier together = new CyclicBarrier(THREADS);
        Callable<Void> deletion =
            () -> {
              together.await();
              storage.delete(tree.toString());
              return null;
            };
        List<Future<Void>> ends = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          ends.add(pool.submit(deletion));
        }
        for (Future<Void> end : ends) {
          end.get();
        }
        assertFalse(Files.exists(tree));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static Path tree(Path root) throws Exception {
    for (String name : List.of("a", "b/c", "b/d", "e/f/g")) {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
    return root;
  }
}
