package io.hindsight.driver.spark.resident;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PagesAheadTest {
  private static final int PAGE = 10; // bytes

  private final ParallelCalls calls = new ParallelCalls();
  private final Set<Integer> asked = new ConcurrentSkipListSet<>();

  @Test
  void shouldGiveThePagesInTheirOrder() throws IOException {
    byte[] all = new byte[123];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    try (PagesAhead pages = new PagesAhead(calls, number -> cut(all, number), PAGE)) {
      assertArrayEquals(all, pages.readAllBytes());
    }
  }

  @Test
  void shouldHaveTwoPagesOnTheirWayWhileOneIsRead() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    PagesAhead.Source source =
        number -> {
          asked.add(number);
          if (number > 0) {
            both.countDown();
            both.await();
          }
          return new byte[PAGE];
        };
    try (PagesAhead pages = new PagesAhead(calls, source, PAGE)) {
      assertEquals(Set.of(), asked, "nothing has been read");
      assertEquals(0, pages.read());
      both.await();
      assertEquals(Set.of(0, 1, 2), asked);
    }
  }

  @Test
  void shouldHoldTwoPagesBesideTheOneThatIsReadHoweverSlowlyThatIs() throws Exception {
    PagesAhead.Source source =
        number -> {
          asked.add(number);
          return new byte[PAGE];
        };
    try (PagesAhead pages = new PagesAhead(calls, source, PAGE)) {
      assertEquals(5 * PAGE + 1, pages.readNBytes(5 * PAGE + 1).length); // the sixth is begun
      awaitBothLanes();
      assertEquals(5 + PagesAhead.AHEAD, asked.stream().mapToInt(each -> each).max().orElseThrow());
    }
  }

  @Test
  void shouldAskForNothingBeyondAPageThatIsNotWhole() throws IOException {
    PagesAhead.Source source =
        number -> {
          asked.add(number);
          return new byte[PAGE - 1];
        };
    try (PagesAhead pages = new PagesAhead(calls, source, PAGE)) {
      assertEquals(PAGE - 1, pages.readNBytes(PAGE - 1).length);
    }
    assertEquals(Set.of(0), asked, "a shard of one page is one message");
  }

  @Test
  void shouldFailAsThePageDid() {
    IOException lost = new IOException("lost");
    assertSame(lost, assertThrows(IOException.class, () -> failing(lost).read()));
    OutOfMemoryError full = new OutOfMemoryError("none left");
    assertSame(full, assertThrows(OutOfMemoryError.class, () -> failing(full).read()));
    IOException other =
        assertThrows(IOException.class, () -> failing(new IllegalStateException("no")).read());
    assertTrue(other.getMessage().contains("the driver does not answer"), other.getMessage());
  }

  @Test
  void shouldFreeTheLanesWhenItIsClosed() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    PagesAhead.Source source =
        number -> {
          if (number > 0) {
            never.await();
          }
          return new byte[PAGE];
        };
    PagesAhead pages = new PagesAhead(calls, source, PAGE);
    assertEquals(0, pages.read());
    pages.close();
    assertEquals(3, calls.send(() -> 3).get());
  }

  @Test
  void shouldEndWhenItsTaskIsInterrupted() {
    CountDownLatch never = new CountDownLatch(1);
    PagesAhead pages =
        new PagesAhead(
            calls,
            number -> {
              never.await();
              return new byte[PAGE];
            },
            PAGE);
    Thread.currentThread().interrupt();
    assertThrows(InterruptedIOException.class, pages::read);
    assertTrue(Thread.interrupted(), "whoever killed the task is heard further on");
    pages.close();
  }

  /** Two calls that wait for each other come after everything that was asked for. */
  private void awaitBothLanes() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    Callable<Integer> meeting =
        () -> {
          both.countDown();
          both.await();
          return 0;
        };
    calls.callAll(List.of(meeting, meeting));
  }

  private PagesAhead failing(Throwable failure) {
    return new PagesAhead(
        calls,
        number -> {
          if (failure instanceof Error fatal) {
            throw fatal;
          }
          throw (Exception) failure;
        },
        PAGE);
  }

  private static byte[] cut(byte[] all, int number) {
    int from = Math.min(all.length, number * PAGE);
    return Arrays.copyOfRange(all, from, Math.min(all.length, from + PAGE));
  }
}
