package io.hindsight.driver.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClusterCoresTest {
  private final AtomicInteger pauses = new AtomicInteger();

  @Test
  void shouldWaitWhileExecutorsCome() {
    int cores = ClusterCores.settled(() -> 2 + pauses.get() / 8 % 4, pauses::incrementAndGet);
    assertEquals(ClusterCores.MOST, pauses.get(), "every change starts the quiet time anew");
    assertEquals(2, cores);
  }

  @Test
  void shouldStopWhenNoneHasComeForAWhile() {
    int cores = ClusterCores.settled(() -> Math.min(6, 2 + pauses.get()), pauses::incrementAndGet);
    assertEquals(6, cores);
    assertEquals(4 + ClusterCores.QUIET, pauses.get());
  }
}
