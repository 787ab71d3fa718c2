package io.hindsight.driver.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TaskThreadsTest {
  private static final String NAME = "task-threads-test";
  private static final long ENOUGH_SECONDS = 30;

  private TaskThreads threads = new TaskThreads(NAME, 3);

  @AfterEach
  void end() throws Exception {
    threads.close();
    for (Thread thread : alive()) {
      thread.join(Duration.ofSeconds(ENOUGH_SECONDS).toMillis());
    }
    assertEquals(List.of(), alive());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 4", "2, 1", "2, 2", "2, 9", "3, 2", "9, 9", "40, 40"})
  void shouldDoEveryTaskOncePerStep(int count, int tasks) {
    threads.close();
    threads = new TaskThreads(NAME, count);
    int steps = 500;
    AtomicIntegerArray done = new AtomicIntegerArray(tasks);
    for (int step = 0; step < steps; step++) {
      threads.run(tasks, (thread, task) -> done.incrementAndGet(task));
      for (int task = 0; task < tasks; task++) {
        assertEquals(step + 1, done.get(task));
      }
    }
  }

  @Test
  void shouldDoTheLastTaskInTheCallersThreadAndTheOthersBesideIt() {
    Thread[] of = new Thread[3];
    int[] numbers = new int[3];
    CyclicBarrier together = new CyclicBarrier(3);
    threads.run(
        3,
        (thread, task) -> {
          of[task] = Thread.currentThread();
          numbers[task] = thread;
          await(together);
        });
    assertEquals(List.of(0, 1, 2), List.of(numbers[0], numbers[1], numbers[2]));
    assertSame(Thread.currentThread(), of[2]);
    assertEquals(List.of(NAME, NAME), List.of(of[0].getName(), of[1].getName()));
    assertFalse(of[0] == of[1]);
  }

  @Test
  void shouldDoInAFreeThreadWhatNobodyHasBegun() {
    CountDownLatch helperIsBusy = new CountDownLatch(1);
    CountDownLatch others = new CountDownLatch(5);
    int[] numbers = new int[6];
    threads.close();
    threads = new TaskThreads(NAME, 2);
    threads.run(
        6,
        (thread, task) -> {
          numbers[task] = thread;
          if (task == 0) {
            helperIsBusy.countDown();
            await(others);
          } else {
            await(helperIsBusy);
            others.countDown();
          }
        });
    assertEquals(0, numbers[0]);
    for (int task = 1; task < 6; task++) {
      assertEquals(1, numbers[task], "task " + task);
    }
  }

  @Test
  void shouldThrowTheFirstFailureWhenAllTasksAreDoneAndGoOnAfterwards() {
    AtomicIntegerArray done = new AtomicIntegerArray(3);
    TaskThreads.Work failing =
        (thread, task) -> {
          done.incrementAndGet(task);
          if (task > 0) {
            throw new IllegalArgumentException("task " + task);
          }
        };
    for (int step = 1; step <= 100; step++) {
      Exception failure =
          assertThrows(IllegalArgumentException.class, () -> threads.run(3, failing));
      assertEquals("task 1", failure.getMessage());
      threads.run(3, (thread, task) -> done.incrementAndGet(task));
      assertEquals("[%1$d, %1$d, %1$d]".formatted(2 * step), done.toString());
    }
  }

  @Test
  void shouldThrowAnErrorAsItIs() {
    Error error = new OutOfMemoryError("made up");
    Error thrown =
        assertThrows(
            OutOfMemoryError.class,
            () ->
                threads.run(
                    3,
                    (thread, task) -> {
                      throw error;
                    }));
    assertSame(error, thrown);
  }

  @Test
  void shouldFinishTheStepOfACallerThatIsInterruptedAndKeepTheInterrupt() {
    AtomicIntegerArray done = new AtomicIntegerArray(3);
    Thread.currentThread().interrupt();
    threads.run(
        3,
        (thread, task) -> {
          if (thread < 2) {
            sleep(20);
          }
          done.incrementAndGet(task);
        });
    assertTrue(Thread.interrupted());
    assertEquals("[1, 1, 1]", done.toString());
  }

  @Test
  void shouldRefuseWorkWhenItHasEnded() {
    threads.close();
    assertThrows(IllegalStateException.class, () -> threads.run(1, (thread, task) -> {}));
  }

  @Test
  void shouldTakeNoCoreWhileThereIsNothingToDo() {
    for (int step = 0; step < 1000; step++) {
      threads.run(3, (thread, task) -> {});
    }
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    sleep(20); // several times as long as they spin
    List<Thread> idle = alive();
    assertEquals(2, idle.size());
    long before = 0;
    for (Thread thread : idle) {
      before += clock.getThreadCpuTime(thread.getId());
    }
    sleep(500);
    long spent = -before;
    for (Thread thread : idle) {
      spent += clock.getThreadCpuTime(thread.getId());
    }
    assertTrue(spent < TimeUnit.MILLISECONDS.toNanos(100), spent + " ns in 500 ms");
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

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(ENOUGH_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
