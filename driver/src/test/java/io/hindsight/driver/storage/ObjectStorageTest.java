package io.hindsight.driver.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.storage.Storage.Staging;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
    try (LineFile lines = store.begin(file, out -> out.write("one\n".getBytes(UTF_8)))) {
      lines.append("two\n".getBytes(UTF_8));
      assertEquals("one\n", read(file));
      lines.flush();
      assertEquals("one\ntwo\n", lines(file));
      lines.append("three\n".getBytes(UTF_8));
    }
    assertEquals("one\ntwo\nthree\n", read(file));
    store.begin(file, nothing -> {}).close();
    assertEquals("", read(file));
  }

  /** Where each flush wrote all there was, each byte was uploaded 200 times. */
  @Test
  void shouldUploadLinesFewTimesHoweverOftenTheyAreFlushed() throws IOException {
    String file = bucket + "/metrics.jsonl";
    byte[] line = ("x".repeat(1023) + "\n").getBytes(UTF_8);
    int flushes = 400;
    long before = ObjectStoreFileSystem.bytesPut();
    int mostParts = 0;
    try (LineFile lines = store.begin(file, nothing -> {})) {
      for (int i = 0; i < flushes; i++) {
        lines.append(line);
        lines.flush();
        mostParts = Math.max(mostParts, store.list(file + ".parts").size());
      }
      assertTrue(store.length(file) > flushes * 1024L / 2, "more than half is in its place");
    }
    long times = (ObjectStoreFileSystem.bytesPut() - before) / (flushes * 1024L);
    System.out.printf("uploaded %d times, in %d parts at most%n", times, mostParts);
    assertTrue(times <= 12, times + " times");
    assertTrue(mostParts <= 10, mostParts + " parts");
    assertEquals(flushes * 1024L, store.length(file));
    assertEquals(List.of(), store.list(file + ".parts"));
  }

  /** The store fails after each number of changes, as seen from a writer that is killed there. */
  @Test
  void shouldLoseNoFlushedLineWhereverItsWriterIsKilled() throws IOException {
    for (int changes = 0; ; changes++) {
      String file = bucket + "/killed-" + changes + "/metrics.jsonl";
      store.begin(file, out -> out.write("0\n".getBytes(UTF_8))).close();
      boolean isKilled = false;
      int flushed = 0;
      ObjectStoreFileSystem.failAfter(changes);
      try (LineFile lines = store.begin(file, out -> copy(file, out))) {
        for (int i = 1; i <= 24; i++) {
          lines.append((i + "\n").getBytes(UTF_8));
          lines.flush();
          flushed = i;
        }
      } catch (IOException kill) {
        isKilled = true;
      } finally {
        ObjectStoreFileSystem.failAfter(Integer.MAX_VALUE);
      }
      List<String> left = lines(file).lines().toList();
      assertTrue(left.size() > flushed, "%d after %d changes".formatted(left.size(), changes));
      for (int i = 0; i < left.size(); i++) {
        assertEquals(String.valueOf(i), left.get(i));
      }
      store.begin(file, out -> copy(file, out)).close();
      assertEquals(left, read(file).lines().toList(), "the next one takes them all up");
      assertEquals(List.of("metrics.jsonl"), store.list(bucket + "/killed-" + changes));
      if (!isKilled) {
        assertTrue(changes > 40, "only " + changes + " changes");
        return;
      }
    }
  }

  private void copy(String file, OutputStream out) throws IOException {
    try (InputStream in = store.openLines(file)) {
      in.transferTo(out);
    }
  }

  private String lines(String file) throws IOException {
    try (InputStream in = store.openLines(file)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private String read(String file) throws IOException {
    try (InputStream in = store.open(file)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
