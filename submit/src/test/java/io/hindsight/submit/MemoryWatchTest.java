package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MemoryWatchTest {
  private final BlockingQueue<String> happened = new LinkedBlockingQueue<>();

  @Test
  void shouldRememberAndStopWhenAThreadDiesForWantOfMemory() throws Exception {
    dying(new OutOfMemoryError("Java heap space"), () -> happened.add("stopped"), 60_000);
    assertEquals("remembered", next());
    assertEquals("stopped", next());
    assertTrue(happened.isEmpty());
  }

  @Test
  void shouldEndWhatDoesNotStop() throws Exception {
    dying(
        new OutOfMemoryError("GC overhead limit exceeded"),
        () -> {
          throw new IllegalStateException("cannot be stopped");
        },
        1);
    assertEquals("remembered", next());
    assertEquals("ended", next());
  }

  @Test
  void shouldLeaveOtherDeathsToOthers() throws Exception {
    dying(new StackOverflowError(), () -> happened.add("stopped"), 1);
    assertEquals("left to others", next());
    assertTrue(happened.isEmpty());
  }

  private void dying(Error failure, Runnable stop, long patienceMillis) throws Exception {
    Thread thread =
        new Thread(
            () -> {
              throw failure;
            });
    thread.setUncaughtExceptionHandler(
        new MemoryWatch(
            (other, death) -> happened.add("left to others"),
            shortage -> happened.add("remembered"),
            stop,
            patienceMillis,
            shortage -> happened.add("ended")));
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
