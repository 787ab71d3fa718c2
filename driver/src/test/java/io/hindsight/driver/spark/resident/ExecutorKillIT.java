package io.hindsight.driver.spark.resident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.cluster.ExecutorProcess;
import io.hindsight.driver.cluster.TwoWorkers;
import io.hindsight.driver.engine.GoldenCase;
import io.hindsight.driver.spark.session.TestSession;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Executors that hold shards are killed with {@code kill -9}, one after the other as they come
 * back: {@code -Dhindsight.kills=200} in all, half of them under each engine.
 */
class ExecutorKillIT {
  private static final int IN_CI = 4;
  private static final int KILLS = Integer.getInteger("hindsight.kills", IN_CI);
  private static final int WORKERS = 2;

  private final GoldenCase golden = GoldenCase.LSTM;

  @RegisterExtension static final TwoWorkers CLUSTER = new TwoWorkers();

  private static TestSession session;

  /** With many kills, executors are as users have them, and so is the time that a kill costs. */
  @BeforeAll
  static void open() throws InterruptedException {
    session =
        KILLS > IN_CI
            ? TestSession.on(CLUSTER.idle(), Map.of())
            : TestSession.onShortLived(CLUSTER.idle(), Map.of());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @Test
  void shouldTrainOnResidentTasksToTheSameBits() throws Exception {
    try (ShardHolders holders = ShardHolders.ofResident(session, golden)) {
      int effective = kill(holders, (KILLS + 1) / 2);
      ResidentEvents events = ((ResidentEngine) holders.engine()).events();
      assertTrue(events.lost() >= effective, events.toString());
      System.out.println(events);
    }
  }

  @Test
  void shouldTrainInJobsToTheSameBits() throws Exception {
    try (ShardHolders holders = ShardHolders.ofJobs(session, golden)) {
      kill(holders, KILLS / 2);
    }
  }

  private int kill(ShardHolders holders, int kills) throws Exception {
    DisturbedRun run = new DisturbedRun(golden, holders, kills);
    Set<String> killed = new HashSet<>();
    run.trainUntil(() -> isWhole(holders));
    for (int i = 0; i < kills; i++) {
      run.harm(
          victim -> {
            if (victim.kill()) {
              killed.add(victim.id());
            }
          },
          victim -> holders.isLost(victim.id()) && isWhole(holders));
    }
    run.train(100);
    run.check();
    killed.removeIf(executor -> !holders.isLost(executor));
    System.out.printf("%d effective losses of executors; %s%n", killed.size(), run.summary());
    assertEquals(kills, killed.size(), "effective losses");
    return killed.size();
  }

  /** As many executors as workers; with resident tasks, all of them must hold shards. */
  private static boolean isWhole(ShardHolders holders) {
    boolean resident = holders.engine() instanceof ResidentEngine;
    int holding = holders.now().size();
    return ExecutorProcess.running().size() >= WORKERS && holding >= (resident ? WORKERS : 1);
  }
}
