package io.hindsight.driver.spark.resident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ParallelCallsTest {
  private final ParallelCalls parallel = new ParallelCalls();

  @Test
  void shouldReturnAnswersInTheOrderOfTheCalls() throws Exception {
    List<Callable<Integer>> calls = new ArrayList<>();
    IntStream.range(0, 50).forEach(i -> calls.add(() -> i));
    assertEquals(IntStream.range(0, 50).boxed().toList(), parallel.callAll(calls));
    assertEquals(List.of(), parallel.callAll(List.of()));
  }

  @Test
  void shouldMakeTwoCallsSideBySide() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    Callable<Integer> meeting =
        () -> {
          both.countDown();
          both.await();
          return 1;
        };
    assertEquals(List.of(1, 1), parallel.callAll(List.of(meeting, meeting)));
  }

  @Test
  void shouldFailAsTheCallDidAndGiveUpTheOthers() throws Exception {
    IOException lost = new IOException("lost");
    CountDownLatch never = new CountDownLatch(1);
    Callable<Integer> fails =
        () -> {
          throw lost;
        };
    Callable<Integer> waits =
        () -> {
          never.await();
          return 2;
        };
    assertSame(
        lost, assertThrows(IOException.class, () -> parallel.callAll(List.of(fails, waits))));
    assertEquals(List.of(3, 4), parallel.callAll(List.of(() -> 3, () -> 4)), "both lanes are free");
  }
}
