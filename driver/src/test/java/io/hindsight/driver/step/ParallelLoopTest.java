package io.hindsight.driver.step;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.parallel.RangeLoop;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ParallelLoopTest {
  private static final int LEAST = ParallelLoop.LEAST;
  private static final int CHUNK = RangeLoop.CHUNK;

  private static ParallelLoop loop(int threads) {
    return new ParallelLoop(new TaskThreads("parallel-loop-test", threads));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void shouldRunOverEveryElementOnceInRangesThatBeginAtChunks(int threads) {
    int[] lengths = {0, 1, LEAST - 1, LEAST, LEAST + 1, LEAST + CHUNK, 3 * LEAST - 1, 1_000_003};
    try (ParallelLoop loop = loop(threads)) {
      for (int length : lengths) {
        AtomicIntegerArray seen = new AtomicIntegerArray(length);
        loop.run(
            length,
            (from, end) -> {
              assertEquals(0, from % CHUNK);
              for (int i = from; i < end; i++) {
                seen.incrementAndGet(i);
              }
            });
        for (int i = 0; i < length; i++) {
          assertEquals(1, seen.get(i), "element " + i + " of " + length);
        }
      }
    }
  }

  @Test
  void shouldLeaveAShortLoopToTheCaller() {
    Set<Thread> ran = ConcurrentHashMap.newKeySet();
    AtomicInteger calls = new AtomicInteger();
    try (ParallelLoop loop = loop(3)) {
      loop.run(
          LEAST - 1,
          (from, end) -> {
            ran.add(Thread.currentThread());
            calls.incrementAndGet();
          });
    }
    assertEquals(Set.of(Thread.currentThread()), ran);
    assertEquals(1, calls.get());
  }

  @Test
  void shouldThrowWhatTheBodyHasThrownWhenAllIsDone() {
    IllegalStateException thrown = new IllegalStateException("of a range");
    AtomicInteger elements = new AtomicInteger();
    try (ParallelLoop loop = loop(2)) {
      Exception caught =
          assertThrows(
              IllegalStateException.class,
              () ->
                  loop.run(
                      2 * LEAST,
                      (from, end) -> {
                        elements.addAndGet(end - from);
                        if (from > 0) {
                          throw thrown;
                        }
                      }));
      assertSame(thrown, caught);
    }
    assertEquals(2 * LEAST, elements.get());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void shouldMergeAndDivideSumsToTheSameBits(int threads) {
    try (ParallelLoop loop = loop(threads)) {
      for (int length : new int[] {LEAST - 1, LEAST, LEAST + 7, 2 * LEAST + CHUNK + 1}) {
        GradientSum serial = sum(length, 1).merge(sum(length, 2)).mean();
        GradientSum parallel = sum(length, 1).merge(sum(length, 2), loop).mean(loop);
        assertArrayEquals(bits(serial), bits(parallel));
        assertEquals(serial.loss(), parallel.loss());
        assertEquals(1, parallel.weight());
      }
    }
  }

  private static GradientSum sum(int length, int seed) {
    double[] gradient = new Random(seed).doubles(length, -1, 1).toArray();
    gradient[length - 1] = seed == 1 ? Double.NaN : 1e300;
    gradient[length / 2] = Double.NEGATIVE_INFINITY;
    gradient[0] = -0.0;
    return new GradientSum(gradient, seed, 3);
  }

  private static long[] bits(GradientSum sum) {
    return Arrays.stream(sum.gradient()).mapToLong(Double::doubleToLongBits).toArray();
  }
}
