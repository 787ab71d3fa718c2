package io.hindsight.datasets.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.TestSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadProgressTest {
  private static final int PATIENCE = 30; // s
  private static final CountDownLatch TOLD = new CountDownLatch(1);

  private final SparkContext spark = TestSession.start().sparkContext();
  private final JavaSparkContext java = new JavaSparkContext(spark);
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  @Test
  void shouldAddUpWhatFinishedTasksCounted() throws InterruptedException {
    ReadCounts counts = ReadCounts.of(spark);
    List<Integer> rows = IntStream.range(0, 1200).boxed().toList();

    try (ReadProgress watched = ReadProgress.watch(spark, "x.csv", counts, lines::add, 0)) {
      java.parallelize(rows, 3)
          .foreach(
              row -> {
                counts.addRow();
                if (row % 600 == 0) {
                  counts.addFault();
                }
                if (row % 100 == 0) {
                  counts.addSequence();
                }
              });
      String last = await("reading x.csv: 1,200 rows");
      assertTrue(last.contains(", 12 sequences whole, 2 faulty rows, "), last);
      assertTrue(last.endsWith(" s"), last);
    }
  }

  @Test
  void shouldTellOfATaskThatRuns() throws InterruptedException {
    ReadCounts counts = ReadCounts.of(spark);
    Thread job =
        new Thread(
            () ->
                java.parallelize(List.of(1), 1)
                    .foreach(
                        one -> {
                          counts.addRow();
                          assertTrue(TOLD.await(PATIENCE, TimeUnit.SECONDS));
                        }));

    try (ReadProgress watched = ReadProgress.watch(spark, "x.csv", counts, lines::add, 0)) {
      job.start();
      await("reading x.csv: 1 row,");
      assertEquals(0, counts.finished().rows());
    } finally {
      TOLD.countDown();
      job.join();
    }
  }

  @Test
  void shouldTellTheBytesThatWereReadOfFiles(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("x.txt"), "a line\n".repeat(100_000));
    ReadCounts counts = ReadCounts.of(spark);

    try (ReadProgress watched = ReadProgress.watch(spark, "x.txt", counts, lines::add, 0)) {
      java.textFile(file.toString(), 1).foreach(line -> counts.addRow());
      await(
          "reading x.txt: 100,000 rows, 684 KiB, "); // a heartbeat may tell of rows a moment sooner
    }
    lines.clear();
    try (ReadProgress watched =
        ReadProgress.watch(spark, "x.txt", counts, lines::add, 0).withoutBytes()) {
      java.textFile(file.toString(), 1).foreach(line -> counts.addRow());
      String last = await("reading x.txt: 200,000 rows");
      assertFalse(last.contains("KiB"), last);
    }
  }

  @Test
  void shouldSayNothingOfAQuickTableNorAfterItsEnd() throws InterruptedException {
    ReadCounts counts = ReadCounts.of(spark);

    try (ReadProgress watched = ReadProgress.watch(spark, "x.csv", counts, lines::add)) {
      java.parallelize(List.of(1, 2), 2).foreach(row -> counts.addRow());
    }
    java.parallelize(List.of(1, 2), 2).foreach(row -> counts.addRow());

    assertNull(lines.poll(1, TimeUnit.SECONDS));
  }

  private String await(String beginning) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
    for (String line = ""; System.nanoTime() < end; line = lines.poll(1, TimeUnit.SECONDS)) {
      if (line != null && line.startsWith(beginning)) {
        return line;
      }
    }
    throw new AssertionError("no line begins with " + beginning);
  }
}
