package io.hindsight.driver.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.shard.ShardPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is measured, never how fast it is. */
class CalibrationTest {
  private static final String CONFIG =
      """
      name: small
      data: {format: generator, name: adding, length: 9, sequences: 70, split: {validation: 0, test: 0}}
      model: {cell: gru, hidden: [5]}
      training:
        steps: 3
        tasks: 2
        batch: 40
        bptt: {window: 4, carry-state: true}
        optimizer: {type: adam, learning-rate: 1e-3}
      """;

  @Test
  void shouldMeasureOneShardAThreadsShareAndTheWhole() {
    RunConfig config = ConfigReader.read(CONFIG, "small.yaml", List.of());
    RunData data = RunData.read(config);
    ShardPlan plan = data.shardPlan();
    Constants constants =
        Calibration.measure(data.spec(), plan, config.training(), config.seed(), 0.02);
    List<Integer> blocks =
        constants.speed().points().stream().map(KernelSpeed.Point::blocks).toList();
    assertEquals(List.of(1, 3, 5), blocks);
    assertEquals(2, constants.threads());
    constants.speed().points().forEach(point -> assertTrue(point.nanos() > 0));
    assertTrue(constants.packNanos() > 0 && constants.updateNanos() > 0);
  }

  @Test
  void shouldMeasureANetworkThatReadsWholeSequences() {
    RunConfig config =
        ConfigReader.read(
            CONFIG, "small.yaml", List.of("model.bidirectional=true", "training.bptt=null"));
    RunData data = RunData.read(config);
    Constants constants =
        Calibration.measure(data.spec(), data.shardPlan(), config.training(), config.seed(), 0.02);
    constants.speed().points().forEach(point -> assertTrue(point.nanos() > 0));
  }

  /** Of adding, which is small, five milliseconds a step; of large ones by what they compute. */
  @Test
  void shouldMeasureShortRunsShortly() {
    RunConfig config = ConfigReader.read(CONFIG, "small.yaml", List.of());
    RunData data = RunData.read(config);
    Workload small = Workload.of(data.spec(), data.shardPlan(), config.training());
    assertEquals(0.02, Calibration.seconds(small, 3));
    assertEquals(0.05, Calibration.seconds(small, 200), 1e-12);
    assertEquals(1, Calibration.seconds(small, 1_000_000));
    RunConfig wide = ConfigReader.read(CONFIG, "small.yaml", List.of("model.hidden=[2000]"));
    Workload large = Workload.of(RunData.read(wide).spec(), data.shardPlan(), wide.training());
    assertEquals(
        0.05 * 3 * 6 * large.parameters() * 40 * 4 / 2e10, Calibration.seconds(large, 3), 1e-12);
  }

  @Test
  void shouldFindTheSizesOfARun() {
    RunConfig config = ConfigReader.read(CONFIG, "small.yaml", List.of());
    RunData data = RunData.read(config);
    Workload work = Workload.of(data.spec(), data.shardPlan(), config.training());
    assertEquals(70, work.sequences());
    assertEquals(5, work.shards());
    assertEquals(4, work.window());
    assertEquals(2, work.optimizerSlots());
    assertEquals(0, work.copies());
    RunConfig skipping =
        ConfigReader.read(CONFIG, "small.yaml", List.of("training.on-non-finite=skip"));
    assertEquals(3, Workload.of(data.spec(), data.shardPlan(), skipping.training()).copies());
    RunConfig diagnosed =
        ConfigReader.read(CONFIG, "small.yaml", List.of("training.diagnose-every=9"));
    assertEquals(4, Workload.of(data.spec(), data.shardPlan(), diagnosed.training()).copies());
    assertEquals(5 * 8 * 5 * 8, work.carriedBytes());
    assertEquals(6, work.stepsPerEpoch());
    // Two features a step and a target; besides the numbers, the objects.
    assertTrue(work.dataBytes() > 70 * 9 * 3 * 8 && work.dataBytes() < 2 * 70 * 9 * 3 * 8);
  }
}
