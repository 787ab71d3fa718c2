package io.hindsight.driver.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClusterCoresTest {
  private final AtomicInteger pauses = new AtomicInteger();

  @Test
  void shouldWaitWhileExecutorsCome() {
    int cores = ClusterCores.settled(() -> 2 + pauses.get() / 8 % 4, pauses::incrementAndGet, null);
    assertEquals(ClusterCores.MOST, pauses.get(), "every change starts the quiet time anew");
    assertEquals(2, cores);
  }

  @Test
  void shouldStopWhenNoneHasComeForAWhile() {
    int cores =
        ClusterCores.settled(() -> Math.min(6, 2 + pauses.get()), pauses::incrementAndGet, null);
    assertEquals(6, cores);
    assertEquals(4 + ClusterCores.QUIET, pauses.get());
  }

  @Test
  void shouldWaitForThoseOnlyThatWereThereBefore() {
    assertEquals(6, ClusterCores.settled(() -> 6, pauses::incrementAndGet, 6));
    assertEquals(8, ClusterCores.settled(() -> 8, pauses::incrementAndGet, 6));
    assertEquals(0, pauses.get());
    assertEquals(6, ClusterCores.settled(() -> 2 + pauses.get(), pauses::incrementAndGet, 6));
    assertEquals(4, pauses.get());
    assertEquals(3, ClusterCores.settled(() -> 3, pauses::incrementAndGet, 6), "lost for good");
    assertEquals(4 + ClusterCores.QUIET, pauses.get());
  }
}
