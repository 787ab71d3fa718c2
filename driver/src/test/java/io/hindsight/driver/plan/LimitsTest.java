package io.hindsight.driver.plan;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.ConfigProblem;
import io.hindsight.driver.config.EngineKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class LimitsTest {
  private static final long GIB = 1L << 30;
  private static final long MIB = 1L << 20;
  private static final long MOST = Long.MAX_VALUE;
  private static final Cluster TWO = new Cluster(2, 2);
  private static final SparkSetup SOUND =
      new SparkSetup(
          "spark://h:7077", false, true, false, false, 1, 2, GIB, MOST, 128 * MIB, 64 * MIB);

  @Test
  void shouldLetSoundSettingsPass() {
    assertDoesNotThrow(() -> Limits.check(EngineKind.SPARK_RESIDENT, SOUND));
    Workload small = Workloads.lstm(64, 17_000, 8, 50);
    for (EngineOption engine : EngineOption.values()) {
      assertDoesNotThrow(() -> Limits.check(small, engine, 0, TWO, SOUND, GIB));
    }
  }

  @Test
  void shouldRefuseDynamicAllocationWithResidentTasksOnly() {
    SparkSetup setup = new SparkSetup("yarn", false, true, true, false, 1, 2, GIB, MOST, 128, 64);
    assertTold(
        "spark.dynamicAllocation.enabled",
        "set it to false",
        () -> Limits.check(EngineKind.SPARK_RESIDENT, setup));
    assertDoesNotThrow(() -> Limits.check(EngineKind.SPARK_JOBS, setup));
    assertDoesNotThrow(() -> Limits.check(EngineKind.AUTO, setup));
  }

  @Test
  void shouldRefuseSpeculationWithResidentTasks() {
    SparkSetup setup = new SparkSetup("yarn", false, true, false, true, 1, 2, GIB, MOST, 128, 64);
    assertTold(
        "spark.speculation",
        "set it to false",
        () -> Limits.check(EngineKind.SPARK_RESIDENT, setup));
  }

  @Test
  void shouldRefuseResidentTasksWithoutTheirPlugin() {
    SparkSetup setup = new SparkSetup("yarn", false, false, false, false, 1, 2, GIB, MOST, 128, 64);
    assertTold(
        "training.engine",
        "--conf spark.plugins=io.hindsight.driver.spark.resident.HindsightPlugin",
        () -> Limits.check(EngineKind.SPARK_RESIDENT, setup));
  }

  @Test
  void shouldRefuseTasksThatNoExecutorCanTake() {
    SparkSetup setup = new SparkSetup("yarn", false, true, false, false, 3, 2, GIB, MOST, 128, 64);
    for (EngineKind kind : new EngineKind[] {EngineKind.SPARK_JOBS, EngineKind.AUTO}) {
      assertTold("spark.task.cpus", "set spark.task.cpus to 1", () -> Limits.check(kind, setup));
    }
    assertDoesNotThrow(() -> Limits.check(EngineKind.LOCAL, setup));
  }

  /** Gates of 4·512 rows over 2000 steps and 4 blocks: 1 GiB and more. */
  @Test
  void shouldRefuseAWorkspaceThatNoExecutorCanHold() {
    Workload work = Workloads.lstm(512, 1_054_721, 8, 2000);
    ConfigException refusal =
        assertThrows(
            ConfigException.class,
            () -> Limits.check(work, EngineOption.RESIDENT, 0, TWO, SOUND, 8 * GIB));
    ConfigProblem problem = refusal.problems().get(0);
    assertEquals("spark.executor.memory", problem.key());
    assertTrue(problem.message().contains("windows of 2,000 steps and a batch of 64"));
    assertTrue(problem.remedy().contains("training.batch or training.bptt.window"));
    assertTrue(problem.remedy().matches(".*spark.executor.memory=\\d+g.*"), problem.remedy());
  }

  @Test
  void shouldRefuseDataThatExecutorsMustHoldButNotWhatTheyKeepInFiles() {
    Workload work = Workloads.withData(4 * GIB);
    assertTold(
        "spark.executor.memory",
        "set spark.executor.memory=",
        () -> Limits.check(work, EngineOption.JOBS, 0, TWO, withShards(MOST), 16 * GIB));
    assertDoesNotThrow(
        () -> Limits.check(work, EngineOption.JOBS, 0, TWO, withShards(GIB / 4), 16 * GIB));
  }

  @Test
  void shouldCountTheWindowsThatAreReadOfFiles() {
    Workload work = Workloads.withData(4000 * MIB);
    long held = Memory.of(work, EngineOption.RESIDENT, 0, TWO, 2000 * MIB).executor();
    long read = Memory.of(work, EngineOption.RESIDENT, 0, TWO, 100 * MIB).executor();
    long windows = 2 * 2 * MIB; // of two steps, half of 4 MiB each
    assertEquals(held - 1900 * MIB + windows, read);
  }

  private static SparkSetup withShards(long most) {
    return new SparkSetup("yarn", false, true, false, false, 1, 2, GIB, most, 128 * MIB, 64 * MIB);
  }

  @Test
  void shouldRefuseWhatTheDriverCannotHold() {
    Workload work = Workloads.lstm(4000, 64_100_001, 2, 10);
    assertTold(
        "spark.driver.memory",
        "HINDSIGHT_JAVA_OPTIONS=-Xmx",
        () -> Limits.check(work, EngineOption.JOBS, 0, TWO, withHeap(64 * GIB), 2 * GIB));
    assertDoesNotThrow(
        () -> Limits.check(work, EngineOption.JOBS, 0, TWO, withHeap(64 * GIB), 8 * GIB));
  }

  @Test
  void shouldRefuseArraysThatJavaDoesNotHave() {
    Workload work = Workloads.lstm(1024, 4_210_689, 64, 40_000);
    assertTold(
        "training.bptt.window",
        "shorter training.bptt.window",
        () -> Limits.check(work, EngineOption.LOCAL, 0, new Cluster(1, 2), SOUND, 1L << 50));
  }

  /** They go in pieces, so only Java's arrays bound them. */
  @Test
  void shouldTakeGradientsOfManyGigabytes() {
    Workload work = Workloads.lstm(8200, 269_100_000, 2, 2);
    assertDoesNotThrow(
        () -> Limits.check(work, EngineOption.RESIDENT, 0, TWO, withHeap(1L << 50), 1L << 50));
  }

  @Test
  void shouldRefuseMessagesThatSparkDoesNotTake() {
    Workload work = Workloads.lstm(1024, 4_210_689, 2, 2);
    SparkSetup setup =
        new SparkSetup("yarn", false, true, false, false, 1, 2, 4 * GIB, MOST, 16 * MIB, 64 * MIB);
    assertTold(
        "spark.rpc.message.maxSize",
        "spark.hindsight.message.bytes",
        () -> Limits.check(work, EngineOption.RESIDENT, 0, TWO, setup, 4 * GIB));
  }

  private static SparkSetup withHeap(long bytes) {
    return new SparkSetup(
        "yarn", false, true, false, false, 1, 2, bytes, MOST, 128 * MIB, 64 * MIB);
  }

  private static void assertTold(String key, String remedy, Executable check) {
    ConfigException refusal = assertThrows(ConfigException.class, check);
    assertEquals(key, refusal.problems().get(0).key(), refusal.getMessage());
    assertTrue(refusal.problems().get(0).remedy().contains(remedy), refusal.getMessage());
  }
}
