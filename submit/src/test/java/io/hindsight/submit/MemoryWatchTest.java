package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryWatchTest {
  private final BlockingQueue<String> happened = new LinkedBlockingQueue<>();
  private final MemoryWatch watch =
      new MemoryWatch(
          (thread, failure) -> happened.add("left to others: " + failure.getMessage()),
          shortage -> happened.add("remembered " + shortage.getMessage()),
          () -> happened.add("stopped"),
          shortage -> happened.add("waited to end"));

  @Test
  void shouldRememberStopAndEndWhenAThreadDiesForWantOfMemory() throws Exception {
    dying(new OutOfMemoryError("Java heap space"));
    List<String> three = IntStream.range(0, 3).mapToObj(i -> next()).sorted().toList();
    assertTrue(three.get(0).startsWith("remembered out of memory: the driver"), three.get(0));
    assertEquals(List.of("stopped", "waited to end"), three.subList(1, 3));
  }

  @Test
  void shouldLeaveOtherDeathsToOthers() throws Exception {
    dying(new IllegalStateException("no such shard"));
    assertEquals("left to others: no such shard", next());
    assertTrue(happened.isEmpty());
  }

  private void dying(Throwable failure) throws InterruptedException {
    Thread thread =
        new Thread(
            () -> {
              if (failure instanceof Error error) {
                throw error;
              }
              throw (RuntimeException) failure;
            });
    thread.setUncaughtExceptionHandler(watch);
    thread.start();
    thread.join();
  }

  private String next() {
    try {
      return String.valueOf(happened.poll(20, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
