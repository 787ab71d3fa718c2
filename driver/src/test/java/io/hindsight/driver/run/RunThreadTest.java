package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.train.ResumableException;
import io.hindsight.driver.train.StopRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class RunThreadTest {
  private static final Duration NEVER = Duration.ofDays(1);

  /** Asks at once. */
  private static final StopRequest AT_ONCE =
      new StopRequest() {
        @Override
        public Optional<String> origin() {
          return Optional.of("the test");
        }

        @Override
        public void onRequest(Runnable listener) {
          listener.run();
        }
      };

  private final CountDownLatch never = new CountDownLatch(1);

  @Test
  void shouldBreakOffAWaitAndGoOnWithoutAnInterrupt() {
    RunThread thread = new RunThread(AT_ONCE, NEVER);
    boolean[] interrupted = {true};
    String end =
        thread.call(
            () -> {
              ResumableException broken =
                  assertThrows(
                      ResumableException.class,
                      () -> thread.breakable(Duration.ZERO, this::waitForEver, this::end));
              interrupted[0] = Thread.currentThread().isInterrupted();
              return broken.getMessage();
            });
    assertEquals("interrupted by the test while it waited; continue with --resume", end);
    assertFalse(interrupted[0], "what follows may write");
    assertTrue(thread.isAsked());
  }

  @Test
  void shouldLeaveAloneWhatMayWrite() {
    RunThread thread = new RunThread(AT_ONCE, NEVER);
    String end =
        thread.call(
            () -> {
              try {
                return "undisturbed " + never.await(1, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                return "disturbed";
              }
            });
    assertEquals("undisturbed false", end);
  }

  @Test
  void shouldTakeTheResultOfWhatEndsInTime() {
    RunThread thread = new RunThread(AT_ONCE, NEVER);
    assertEquals("in time", thread.call(() -> thread.breakable(NEVER, () -> "in time", this::end)));
  }

  @Test
  void shouldLeaveBehindWhatDoesNotEnd() {
    RunThread thread = new RunThread(AT_ONCE, Duration.ofMillis(300));
    ResumableException end =
        assertThrows(ResumableException.class, () -> thread.call(this::waitForEver));
    assertTrue(thread.isLeftBehind(end));
    assertTrue(end.getMessage().startsWith("interrupted by the test; "), end.getMessage());
    assertTrue(end.isWanted());
    never.countDown();
  }

  private ResumableException end(String origin) {
    return ResumableException.brokenOff("it waited", origin);
  }

  private String waitForEver() {
    try {
      never.await();
      return "ended";
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
