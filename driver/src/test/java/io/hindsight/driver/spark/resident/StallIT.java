package io.hindsight.driver.spark.resident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.hindsight.driver.cluster.ExecutorProcess;
import io.hindsight.driver.cluster.TwoWorkers;
import io.hindsight.driver.engine.GoldenCase;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.codec.Pieces;
import io.hindsight.driver.spark.session.TestSession;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Executors that hold shards are stopped for 5 to 30 seconds and go on as if nothing had been:
 * {@code -Dhindsight.stalls=20} in all, half of them under each engine. And executors are stopped
 * until others have done their work, with shards of 1, 2 and 20 pages: {@code
 * -Dhindsight.takeovers=50} times each, with pages of {@code -Dhindsight.page=1048576} bytes. The
 * last case is a session's end.
 */
class StallIT {
  private static final int STALLS = Integer.getInteger("hindsight.stalls", 2);
  private static final int SHORTEST = 5; // s
  private static final int LONGEST = Integer.getInteger("hindsight.stalls.longest", 8); // s
  private static final int TAKEOVERS = Integer.getInteger("hindsight.takeovers", 1);
  private static final int SMALL_PAGE = 4096; // bytes; the case's shards have several
  private static final int PAGE = Integer.getInteger("hindsight.page", SMALL_PAGE);
  private static final double PROMISE = 4; // s
  private static final int WORKERS = 2;
  private static final Duration END = Duration.ofSeconds(30); // Spark's patience is 120 s

  private final GoldenCase golden = GoldenCase.GRU;

  @RegisterExtension static final TwoWorkers CLUSTER = new TwoWorkers();

  private static TestSession session; // for all tests that want pages of one size
  private static int pageOfSession;

  @AfterAll
  static void close() {
    if (session != null) {
      session.close();
      session = null;
    }
  }

  /** No executor is lost for good but with the session, so that all tests go on with the same. */
  private static TestSession session(int page) throws InterruptedException {
    if (session == null || page != pageOfSession) {
      close();
      session = TestSession.onShortLived(CLUSTER.idle(), Map.of(Pieces.MOST, "" + page));
      pageOfSession = page;
    }
    return session;
  }

  @Test
  void shouldTrainOnResidentTasksToTheSameBits() throws Exception {
    try (ShardHolders holders = ShardHolders.ofResident(session(SMALL_PAGE), golden)) {
      stall(holders, (STALLS + 1) / 2);
      System.out.println(((ResidentEngine) holders.engine()).events());
    }
  }

  @Test
  void shouldTrainInJobsToTheSameBits() throws Exception {
    try (ShardHolders holders = ShardHolders.ofJobs(session(SMALL_PAGE), golden)) {
      stall(holders, STALLS / 2);
    }
  }

  /** A takeover that waits for the one that stands still ends when Spark gives that one up. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 20})
  void shouldTakeShardsOverWithoutAskingTheExecutorThatStandsStill(int pages) throws Exception {
    ShardPlan plan = PagedData.of(pages, PAGE);
    try (ShardHolders holders = ShardHolders.ofResident(session(PAGE), PagedData.NETWORK, plan)) {
      DisturbedRun run = new DisturbedRun(PagedData.NETWORK, plan, holders, pages);
      run.trainUntil(() -> isWhole(holders));
      run.train(50);
      for (int i = 0; i < TAKEOVERS; i++) {
        run.standStill(victim -> isWhole(holders));
      }
      run.train(20);
      run.check();
      System.out.printf(
          "%d takeovers, pages per shard: %d of %d bytes, steps above %.0f s: %d; %s%n",
          TAKEOVERS, pages, PAGE, PROMISE, run.longerThan(PROMISE), run.summary());
      System.out.println(((ResidentEngine) holders.engine()).events());
    }
  }

  /** A step that waits for the one task ends when Spark gives its executor up. */
  @Test
  void shouldStartATaskOnAnotherExecutorWhereTheOnlyTaskStandsStill() throws Exception {
    ShardPlan plan = golden.plan();
    try (ShardHolders holders = ShardHolders.ofResident(session(SMALL_PAGE), golden, plan, 1)) {
      DisturbedRun run = new DisturbedRun(golden, holders, 1);
      run.train(50);
      assertEquals(1, holders.now().size());
      run.standStill(victim -> isWhole(holders));
      run.train(50);
      run.check();
      assertEquals(WORKERS, holders.now().size(), "both compute from then on");
      System.out.println("the only task stood still; " + run.summary());
    }
  }

  /** Spark asks every executor to forget a broadcast that is garbage, and ends after its answer. */
  @Test
  void shouldEndAtOnceThoughAnExecutorOwesSparkAnAnswer() throws Exception {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session(SMALL_PAGE).context());
    assertEquals(WORKERS, context.parallelize(List.of(1, 2), WORKERS).count());
    WeakReference<?> garbage = new WeakReference<>(context.broadcast(new double[8]));
    ExecutorProcess victim = ExecutorProcess.running().values().iterator().next();
    victim.stop();
    try {
      while (garbage.get() != null) {
        System.gc();
        TimeUnit.MILLISECONDS.sleep(100);
      }
      TimeUnit.SECONDS.sleep(1); // Spark looks ten times a second
      assertTimeoutPreemptively(END, StallIT::close);
    } finally {
      victim.resume();
    }
  }

  private void stall(ShardHolders holders, int stalls) throws Exception {
    DisturbedRun run = new DisturbedRun(golden, holders, stalls);
    run.trainUntil(() -> isWhole(holders));
    run.train(50);
    double stopped = 0;
    for (int i = 0; i < stalls; i++) {
      int millis = 1000 * SHORTEST + run.random().nextInt(1000 * (LONGEST - SHORTEST) + 1);
      stopped += millis / 1e3;
      AtomicBoolean resumed = new AtomicBoolean();
      run.harm(
          victim -> {
            victim.stop();
            Thread resume = new Thread(() -> resume(victim, millis, resumed), "resume");
            resume.start();
          },
          victim -> resumed.get() && isWhole(holders));
    }
    run.train(100);
    run.check();
    System.out.printf(
        "%d stalls of %.1f s on average; %s%n", stalls, stopped / stalls, run.summary());
  }

  private static void resume(ExecutorProcess victim, int millis, AtomicBoolean resumed) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
      victim.resume();
    } catch (Exception e) {
      throw new IllegalStateException("executor " + victim.id() + " stays stopped", e);
    } finally {
      resumed.set(true);
    }
  }

  /** With resident tasks, both executors must be heard of. */
  private static boolean isWhole(ShardHolders holders) {
    return holders.engine() instanceof ResidentEngine resident
        ? resident.coordinator().tasks() >= WORKERS
        : !holders.now().isEmpty();
  }
}
