package io.hindsight.driver.spark.resident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.cluster.ExecutorProcess;
import io.hindsight.driver.cluster.Isolation;
import io.hindsight.driver.cluster.LoggedProcess;
import io.hindsight.driver.cluster.StandaloneCluster;
import io.hindsight.driver.engine.GoldenCase;
import io.hindsight.driver.spark.session.TestSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker is lost for good, and another comes later. */
class FewerSlotsIT {
  private final GoldenCase golden = GoldenCase.RNN;

  @TempDir private Path folder;

  @Test
  void shouldTrainOnWithTheWorkersThatAreLeftAndWithThoseThatCome() throws Exception {
    try (StandaloneCluster cluster = StandaloneCluster.start(folder, 1, Isolation.loopback());
        LoggedProcess second = cluster.addWorker(1);
        TestSession session = TestSession.onShortLived(cluster, Map.of());
        ShardHolders holders = ShardHolders.ofResident(session, golden)) {
      Coordinator coordinator = ((ResidentEngine) holders.engine()).coordinator();
      DisturbedRun run = new DisturbedRun(golden, holders, 1);
      run.trainUntil(() -> coordinator.tasks() == 2);
      run.train(100);
      run.harm(victim -> second.close(), victim -> coordinator.names().size() == 1);
      run.train(100);
      assertEquals(1, ExecutorProcess.running().size());

      List<String> before = coordinator.names();
      cluster.addWorker(2);
      run.trainUntil(() -> coordinator.names().size() == 2);
      run.train(100);
      List<String> joined = coordinator.names();
      joined = joined.stream().filter(name -> !before.contains(name)).toList();
      assertTrue(coordinator.deliveries(joined.get(0)) >= 99, "the new one computes");
      run.check();
      System.out.println("a worker lost and one added; " + run.summary());
    }
  }
}
