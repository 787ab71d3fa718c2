package io.hindsight.driver.spark.resident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.cluster.TwoWorkers;
import io.hindsight.driver.engine.GoldenCase;
import io.hindsight.driver.engine.GoldenRun;
import io.hindsight.driver.engine.LocalEngine;
import io.hindsight.driver.spark.session.TestSession;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Many steps: neither heap nor threads may grow. What grows with each step grows in both halves;
 * buffers and caches of Spark grow once.
 */
class LongRunIT {
  private static final int STEPS = 6_000;
  private static final int FIRST = 2_000; // compiled and settled by then
  private static final int GROWTH = 400; // bytes per step
  private static final int STEPS_OF_WORKERS = 2_500; // which take ten times as long
  private static final int FIRST_OF_WORKERS = 1_000;
  private static final int GROWTH_OF_WORKERS = 1_000;

  private final GoldenCase golden = GoldenCase.RNN;

  @RegisterExtension static final TwoWorkers CLUSTER = new TwoWorkers();

  @Test
  void shouldNotGrowInOneProcess() {
    try (TestSession session = TestSession.open("local[2]", Map.of());
        ShardHolders holders = ShardHolders.ofResident(session, golden)) {
      check(holders, FIRST, STEPS, GROWTH);
    }
  }

  /** What grows or does not is the driver: executors need not be compiled well. */
  @Test
  void shouldNotGrowInTheDriverOfTwoWorkers() throws Exception {
    try (TestSession session = TestSession.onShortLived(CLUSTER.idle(), Map.of());
        ShardHolders holders = ShardHolders.ofResident(session, golden)) {
      check(holders, FIRST_OF_WORKERS, STEPS_OF_WORKERS, GROWTH_OF_WORKERS);
    }
  }

  private void check(ShardHolders holders, int first, int steps, int growth) {
    GoldenRun run = new GoldenRun(golden);
    double[] millis = new double[steps];
    int middle = (first + steps) / 2;
    long[] heaps = new long[3];
    train(run, holders, millis, first);
    int threads = threads();
    heaps[0] = usedHeap();
    train(run, holders, millis, middle);
    heaps[1] = usedHeap();
    train(run, holders, millis, steps);
    heaps[2] = usedHeap();
    System.out.printf(
        "%s, %d steps: heap %s MB, threads %d -> %d,"
            + " step median %.3f ms in the second half of the first %d, %.3f ms in as many last%n",
        holders.engine().name(),
        steps,
        Arrays.toString(Arrays.stream(heaps).mapToDouble(bytes -> bytes / 1e6).toArray()),
        threads,
        threads(),
        median(millis, first / 2, first),
        first,
        median(millis, steps - first / 2, steps));
    long least = Math.min(heaps[1] - heaps[0], heaps[2] - heaps[1]);
    assertTrue(least < (long) growth * (steps - middle), "grew to " + Arrays.toString(heaps));
    assertTrue(threads() <= threads + 2, threads + " threads grew to " + threads());
    try (LocalEngine local = new LocalEngine(golden.spec(), golden.plan(), GoldenCase.SEED, 1)) {
      assertEquals(GoldenRun.hash(golden, local, steps), run.hash());
    }
  }

  private static void train(GoldenRun run, ShardHolders holders, double[] millis, int until) {
    while (run.step() < until) {
      long before = System.nanoTime();
      int step = (int) run.step();
      run.makeStep(holders.engine());
      millis[step] = (System.nanoTime() - before) / 1e6;
    }
  }

  /** Objects wait for two collections where references are cleared. */
  private static long usedHeap() {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      used = Math.min(used, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return used;
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private static double median(double[] values, int from, int end) {
    double[] sorted = Arrays.copyOfRange(values, from, end);
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
