package io.hindsight.driver.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.storage.Storage.Staging;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ObjectStorageTest {
  private static final int ROUNDS = 500;
  private final Storage store = Storage.of("bucket://any/", ObjectStoreFileSystem::configuration);
  private final String bucket = "bucket://" + UUID.randomUUID();

  @Test
  void shouldBeTheStorageOfWhatIsNeitherHdfsNorThisMachine() {
    assertTrue(store instanceof ObjectStorage);
    assertTrue(
        Storage.of("hdfs://any/", ObjectStoreFileSystem::configuration) instanceof HdfsStorage);
    assertTrue(Storage.of("file:///any", () -> null) instanceof LocalStorage);
    assertTrue(Storage.of("C:\\any", () -> null) instanceof LocalStorage);
  }

  /** Each round two writers of different files, all at once. */
  @Test
  void shouldLetOneOfTwoWritersWin() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    int[] wins = new int[2];
    try {
      for (int round = 0; round < ROUNDS; round++) {
        String directory = bucket + "/model-" + round;
        CyclicBarrier together = new CyclicBarrier(2);
        List<Future<Boolean>> writers = new ArrayList<>();
        for (String writer : List.of("0", "1")) {
          writers.add(pool.submit(race(directory, writer, together)));
        }
        boolean first = writers.get(0).get();
        boolean second = writers.get(1).get();
        assertTrue(first ^ second, "round " + round + ": winners " + first + " " + second);
        String winner = first ? "0" : "1";
        wins[first ? 0 : 1]++;
        for (String name : List.of("a", "b", Storage.COMMIT)) {
          assertEquals(name + winner, read(directory + "/" + name), "round " + round);
        }
      }
    } finally {
      pool.shutdownNow();
    }
    System.out.printf("%d races, won %d and %d times%n", ROUNDS, wins[0], wins[1]);
  }

  private Callable<Boolean> race(String directory, String writer, CyclicBarrier together) {
    return () -> {
      together.await();
      return publish(directory, writer);
    };
  }

  /** Whether the writer won. */
  private boolean publish(String directory, String writer) throws IOException {
    try {
      store.publish(directory, staging -> files(staging, writer));
      return true;
    } catch (FileAlreadyExistsException lost) {
      return false;
    }
  }

  private static byte[] files(Staging staging, String writer) throws IOException {
    for (String name : List.of("a", "b")) {
      staging.write(name, out -> out.write((name + writer).getBytes(UTF_8)));
    }
    return (Storage.COMMIT + writer).getBytes(UTF_8);
  }

  @Test
  void shouldBeFollowedAfterAKillByAWriterOfTheSameOnly() throws IOException {
    String directory = bucket + "/killed";
    kill(directory);
    assertEquals(List.of("a"), store.list(directory));
    assertFalse(publish(directory, "1"), "the files of two writers must not mix");
    assertFalse(store.exists(directory + "/" + Storage.COMMIT));
    assertTrue(publish(directory, "0"));
    assertFalse(publish(directory, "0"), "never twice");
    store.delete(directory);
    assertTrue(publish(directory, "1"), "deleted, it is free again");
  }

  private void kill(String directory) {
    assertThrows(
        AssertionError.class,
        () ->
            store.publish(
                directory,
                staging -> {
                  staging.write("a", out -> out.write("a0".getBytes(UTF_8)));
                  throw new AssertionError("killed");
                }));
  }

  @Test
  void shouldLeaveNoPartOfAFileThatCouldNotBeWritten() throws IOException {
    String directory = bucket + "/failed";
    IOException failure = new IOException("connection reset");
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                store.publish(
                    directory,
                    staging -> {
                      staging.write(
                          "a",
                          out -> {
                            out.write(1);
                            throw failure;
                          });
                      return new byte[0];
                    }));
    assertEquals(failure, thrown);
    assertFalse(store.exists(directory));
  }

  @Test
  void shouldKeepLinesUntilTheyAreFlushed() throws IOException {
    String file = bucket + "/metrics.jsonl";
    try (LineFile lines = store.begin(file, "one\n".getBytes(UTF_8))) {
      lines.append("two\n".getBytes(UTF_8));
      assertEquals("one\n", read(file));
      lines.flush();
      assertEquals("one\ntwo\n", read(file));
      lines.append("three\n".getBytes(UTF_8));
    }
    assertEquals("one\ntwo\nthree\n", read(file));
    store.begin(file, new byte[0]).close();
    assertEquals("", read(file));
  }

  private String read(String file) throws IOException {
    try (InputStream in = store.open(file)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
