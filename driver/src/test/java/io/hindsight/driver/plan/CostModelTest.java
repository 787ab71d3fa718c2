package io.hindsight.driver.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.plan.KernelSpeed.Point;
import io.hindsight.driver.plan.SparkCosts.Cost;
import io.hindsight.driver.step.Teams;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Worked numbers: 1000 parameters are 8000 bytes, 8 shards, and a block takes 100 ns + 10. */
class CostModelTest {
  private static final double EXACT = 1e-9;
  private static final Workload WORK = Workloads.lstm(4, 1000, 8, 10);
  private static final KernelSpeed SPEED =
      new KernelSpeed(List.of(new Point(1, 110), new Point(8, 810)));
  private static final Constants HERE = new Constants(SPEED, 2, 9, 7, 3, 5, 20);
  private static final SparkCosts SPARK =
      new SparkCosts(new Cost(1000, 10, 0.5), new Cost(100, 20, 0.25), "by hand");
  private static final CostModel MODEL = model(new Teams(2, 1), 1);

  private static CostModel model(Teams teams, double share) {
    return new CostModel(WORK, 0, teams, share, HERE, SPEED, SPARK);
  }

  @Test
  void shouldDivideShardsInRunsOfNearlyEqualLength() {
    assertEquals(new Division(3, 3, 3, 1, 5, 5), Division.of(8, 0, new Cluster(3, 1)));
    assertEquals(new Division(4, 2, 2, 1, 4, 2), Division.of(8, 0, new Cluster(2, 2)));
    assertEquals(new Division(8, 8, 1, 1, 8, 8), Division.of(8, 0, new Cluster(64, 4)));
    assertEquals(new Division(5, 2, 2, 3, 6, 2), Division.of(8, 5, new Cluster(2, 1)));
  }

  @Test
  void shouldFollowStraightLinesThroughWhatWasMeasured() {
    assertEquals(410, SPEED.nanos(4), EXACT);
    assertEquals(1610, SPEED.nanos(16), EXACT);
    assertEquals(55, new KernelSpeed(List.of(new Point(2, 110))).nanos(1), EXACT);
    assertEquals(820, SPEED.through(new Point(4, 820)).nanos(4), EXACT);
    KernelSpeed noisy = new KernelSpeed(List.of(new Point(1, 100), new Point(2, 90)));
    assertEquals(90, noisy.nanos(4), EXACT);
  }

  /**
   * Two threads: 4 shards each; one hand-off, one pack, one merge of two sums, update and
   * fingerprint.
   */
  @Test
  void shouldPredictThreads() {
    Prediction local = MODEL.predict(EngineOption.LOCAL, new Cluster(9, 9));
    assertEquals(2, local.tasks());
    assertEquals(410, local.computeNanos(), EXACT);
    assertEquals(9 + 7 + 5, local.engineNanos(), EXACT);
    assertEquals(20 + 3, local.updateNanos(), EXACT);
    assertEquals(410 + 21 + 23, local.stepNanos(), EXACT);
    assertEquals(44 / 454.0, local.shareOutsideKernel(), EXACT);
  }

  /** Three threads that share all shards take 0.4 of the time of one, and have one sum. */
  @Test
  void shouldPredictThreadsThatShareATask() {
    Prediction local = model(new Teams(1, 3), 0.4).local();
    assertEquals(3, local.tasks());
    assertEquals(0.4 * 810, local.computeNanos(), EXACT);
    assertEquals(9 + 7, local.engineNanos(), EXACT);
  }

  /** Four executors get the weights and send one sum each: 64,000 bytes. */
  @Test
  void shouldPredictResidentTasks() {
    Prediction resident = MODEL.predict(EngineOption.RESIDENT, new Cluster(4, 1));
    assertEquals(210, resident.computeNanos(), EXACT);
    assertEquals(32_000, resident.bytesSent());
    assertEquals(32_000, resident.bytesReceived());
    assertEquals(100 + 4 * 20 + 0.25 * 64_000, resident.engineNanos(), EXACT);
  }

  /**
   * Four tasks on two executors: the broadcast leaves the driver twice, each task's sum returns.
   */
  @Test
  void shouldPredictJobs() {
    Prediction jobs = MODEL.predict(EngineOption.JOBS, new Cluster(2, 2));
    assertEquals(16_000, jobs.bytesSent());
    assertEquals(32_000, jobs.bytesReceived());
    assertEquals(1000 + 4 * 10 + 0.5 * 48_000, jobs.engineNanos(), EXACT);
  }

  /** One sum returns; each executor writes and reads two tasks' sums; a second stage. */
  @Test
  void shouldPredictSlices() {
    Prediction sliced = MODEL.predict(EngineOption.JOBS_SLICED, new Cluster(2, 2));
    assertEquals(8_000, sliced.bytesReceived());
    double bytes = 16_000 + 8_000 + 2 * 4 * 8_000 / 2.0;
    assertEquals(1000 + 600 + 8 * 10 + 0.5 * bytes, sliced.engineNanos(), EXACT);
  }

  @Test
  void shouldNotGainFromMoreExecutorsThanShards() {
    Prediction eight = MODEL.predict(EngineOption.RESIDENT, new Cluster(8, 1));
    Prediction many = MODEL.predict(EngineOption.RESIDENT, new Cluster(256, 1));
    assertEquals(eight.stepNanos(), many.stepNanos(), EXACT);
    assertEquals(8, many.tasks());
  }

  @Test
  void shouldTellLatencyFromTransport() {
    Cost cost = Cost.through(2, 1_000, 1_100, 101_000, 51_100, 100);
    assertEquals(0.5, cost.byteNanos(), EXACT);
    assertEquals(100, cost.peerNanos(), EXACT);
    assertEquals(1_100, cost.nanos(2, 1_000), EXACT);
    assertEquals(51_100, cost.nanos(2, 101_000), EXACT);
    Cost noisy = Cost.through(4, 1_000, 900, 2_000, 800, 500);
    assertEquals(0, noisy.byteNanos(), EXACT);
    assertEquals(900, noisy.nanos(4, 1_000), EXACT);
    assertTrue(noisy.stepNanos() >= 0);
  }

  @Test
  void shouldChooseTheCheapestAndRecommendOneMachineWhereThatIsFaster() {
    Cluster cluster = new Cluster(2, 1);
    List<Prediction> ways =
        List.of(
            MODEL.predict(EngineOption.JOBS, cluster),
            MODEL.predict(EngineOption.RESIDENT, cluster));
    Advice advice = Advice.of(MODEL.local(), ways, "by hand");
    assertEquals(EngineOption.RESIDENT, advice.best());
    assertTrue(advice.reason().contains("spark-jobs"), advice.reason());
    assertTrue(advice.reason().contains("ms per step, on 2 executors x 1 core"), advice.reason());
    String alone = advice.alone().orElseThrow();
    assertTrue(alone.contains("faster on one machine") && alone.contains("engine: local"), alone);
    Prediction slow = new Prediction(EngineOption.LOCAL, new Cluster(1, 1), 1, 1e9, 0, 0, 0, 0);
    assertTrue(Advice.of(slow, ways, "by hand").alone().isEmpty());
  }
}
