package io.hindsight.kernels.team;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TeamTest {
  private static final String NAME = "team-test";
  private static final long ENOUGH_SECONDS = 30;

  private Team team = new Team(NAME, 3, 3);

  @AfterEach
  void end() throws Exception {
    team.close();
    for (Thread thread : alive()) {
      thread.join(TimeUnit.SECONDS.toMillis(ENOUGH_SECONDS));
    }
    assertEquals(List.of(), alive());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 9})
  void shouldDoEveryPartOnce(int size) {
    team.close();
    team = new Team(NAME, size, size);
    int works = 2000;
    int[] done = new int[size]; // plain: what a helper writes is seen when the work is done
    for (int work = 1; work <= works; work++) {
      team.run(
          (part, parts) -> {
            assertEquals(size, parts);
            done[part]++;
          });
      int[] expected = new int[size];
      Arrays.fill(expected, work);
      assertEquals(Arrays.toString(expected), Arrays.toString(done));
    }
  }

  @Test
  void shouldDoTheLastPartInTheCallersThreadAndTheOthersBesideIt() {
    Thread[] of = new Thread[3];
    CyclicBarrier together = new CyclicBarrier(3);
    team.run(
        (part, parts) -> {
          of[part] = Thread.currentThread();
          await(together);
        });
    assertSame(Thread.currentThread(), of[2]);
    assertEquals(List.of(NAME, NAME), List.of(of[0].getName(), of[1].getName()));
    assertFalse(of[0] == of[1]);
  }

  @Test
  void shouldDoInTheCallersThreadWhatAHelperHasNotBegun() {
    team.close();
    team = new Team(NAME, 2, Integer.MAX_VALUE); // whose helper sleeps, as none has a core to spin
    Thread caller = Thread.currentThread();
    boolean taken = false;
    for (int work = 0; work < 10_000 && !taken; work++) {
      Thread[] of = new Thread[2];
      team.run((part, parts) -> of[part] = Thread.currentThread());
      taken = of[0] == caller;
    }
    assertTrue(taken, "the helper was never slower to wake up than the caller");
  }

  @Test
  void shouldThrowTheFirstFailureWhenAllPartsAreDoneAndGoOnAfterwards() {
    AtomicIntegerArray done = new AtomicIntegerArray(3);
    Team.Work failing =
        (part, parts) -> {
          done.incrementAndGet(part);
          if (part > 0) {
            throw new IllegalArgumentException("part " + part);
          }
        };
    for (int work = 1; work <= 100; work++) {
      Exception failure = assertThrows(IllegalArgumentException.class, () -> team.run(failing));
      assertEquals("part 1", failure.getMessage());
      team.run((part, parts) -> done.incrementAndGet(part));
      assertEquals("[%1$d, %1$d, %1$d]".formatted(2 * work), done.toString());
    }
  }

  @Test
  void shouldThrowAnErrorAsItIs() {
    Error error = new OutOfMemoryError("made up");
    Team.Work failing =
        (part, parts) -> {
          if (part == 0) {
            throw error;
          }
        };
    assertSame(error, assertThrows(OutOfMemoryError.class, () -> team.run(failing)));
  }

  @Test
  void shouldFinishTheWorkOfACallerThatIsInterruptedAndKeepTheInterrupt() {
    AtomicIntegerArray done = new AtomicIntegerArray(3);
    Thread.currentThread().interrupt();
    team.run(
        (part, parts) -> {
          if (part < 2) {
            sleep(20);
          }
          done.incrementAndGet(part);
        });
    assertTrue(Thread.interrupted());
    assertEquals("[1, 1, 1]", done.toString());
  }

  @Test
  void shouldRefuseWorkWhenItHasEnded() {
    team.close();
    assertThrows(IllegalStateException.class, () -> team.run((part, parts) -> {}));
  }

  private static List<Thread> alive() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(NAME))
        .toList();
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(ENOUGH_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("not all threads came", e);
    }
  }

  /** Unless the thread is interrupted, whose own part then needs no pause. */
  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
