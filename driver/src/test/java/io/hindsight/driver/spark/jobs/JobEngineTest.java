package io.hindsight.driver.spark.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.ReduceKind;
import io.hindsight.driver.engine.EngineException;
import io.hindsight.driver.engine.FaultPlugin;
import io.hindsight.driver.engine.GoldenCase;
import io.hindsight.driver.engine.GoldenHashes;
import io.hindsight.driver.engine.GoldenRun;
import io.hindsight.driver.engine.GradientEngine;
import io.hindsight.driver.engine.LocalEngine;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.jobs.WrongResults.WrongResult;
import io.hindsight.driver.spark.session.HindsightKryoRegistrator;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobEngineTest {
  @Test
  void shouldMatchTheLocalEngineToTheBit() {
    try (TestSession session = TestSession.open("local[2]", Map.of())) {
      for (GoldenCase golden : GoldenCase.values()) {
        try (GradientEngine local =
                new LocalEngine(golden.spec(), golden.plan(), GoldenCase.SEED, 1);
            GradientEngine jobs = jobs(session, golden, golden.plan())) {
          String expected = GoldenRun.hash(golden, local, 30);
          assertEquals(expected, GoldenRun.hash(golden, jobs, 30), () -> golden + " by jobs");
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DRIVER", "SLICED"})
  void shouldRepeatAStepWhoseJobFailed(ReduceKind reduce) {
    GoldenCase golden = GoldenCase.GRU;
    try (TestSession session = faulty("local[2]", "3");
        GradientEngine jobs = jobs(session, golden, golden.plan(), reduce)) {
      assertEquals(GoldenHashes.of(golden, 20), GoldenRun.hash(golden, jobs, 20));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DRIVER", "SLICED"})
  void shouldRefuseWrongResultsAndComputeTheirStepsAgain(ReduceKind reduce) {
    GoldenCase golden = GoldenCase.GRU;
    WrongResult[] kinds = WrongResult.values();
    try (TestSession session = withWrongResults("local[2]");
        JobEngine jobs = jobs(session, golden, golden.plan(), reduce)) {
      String hash =
          GoldenRun.hash(
              golden,
              jobs,
              20,
              step -> {
                if (step < kinds.length) {
                  WrongResults.sendNext(kinds[(int) step], 1);
                }
              });
      assertEquals(GoldenHashes.of(golden, 20), hash);
      assertEquals(kinds.length, jobs.refused());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DRIVER", "SLICED"})
  void shouldGiveUpAfterThreeRefusals(ReduceKind reduce) {
    GoldenCase golden = GoldenCase.GRU;
    try (TestSession session = withWrongResults("local[2]");
        JobEngine jobs = jobs(session, golden, golden.plan(), reduce)) {
      WrongResults.sendNext(WrongResult.OF_ANOTHER_STEP, 1000);
      EngineException failure =
          assertThrows(EngineException.class, () -> GoldenRun.hash(golden, jobs, 1));
      assertEquals("step 0: result refused: its step is 1, expected 0", failure.getMessage());
      assertEquals(3, jobs.refused());
    } finally {
      WrongResults.sendNext(WrongResult.OF_ANOTHER_STEP, 0);
    }
  }

  @Test
  void shouldRemoveTheFilesOfEveryStepsSlices(@TempDir Path folder) throws Exception {
    GoldenCase golden = GoldenCase.RNN;
    Map<String, String> settings = Map.of("spark.local.dir", folder.toString());
    try (TestSession session = TestSession.open("local[2]", settings);
        JobEngine jobs = jobs(session, golden, golden.plan(), ReduceKind.SLICED)) {
      GoldenRun.hash(golden, jobs, 20, step -> awaitFiles(folder, 24)); // 4 a step
      awaitFiles(folder, 0);
    }
  }

  /** Waits until there are not more, for they are removed in the background. */
  private static void awaitFiles(Path folder, int most) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (shuffleFiles(folder) > most) {
      assertTrue(System.nanoTime() < end, shuffleFiles(folder) + " files");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private static long shuffleFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith("shuffle_")).count();
    } catch (IOException | UncheckedIOException removedMeanwhile) {
      return 0;
    }
  }

  @Test
  void shouldNotSumInSlicesWhereSparkKeepsTheirFiles() {
    GoldenCase golden = GoldenCase.RNN;
    try (TestSession session =
        TestSession.open("local[1]", Map.of("spark.cleaner.referenceTracking", "false"))) {
      ConfigException refused =
          assertThrows(
              ConfigException.class, () -> jobs(session, golden, golden.plan(), ReduceKind.SLICED));
      assertTrue(refused.getMessage().endsWith("or use training.reduce: driver"));
    }
  }

  @Test
  void shouldGiveUpAfterThreeJobs() {
    GoldenCase golden = GoldenCase.GRU;
    try (TestSession session = faulty("local[2]", "1");
        GradientEngine jobs = jobs(session, golden, golden.plan())) {
      EngineException failure =
          assertThrows(EngineException.class, () -> GoldenRun.hash(golden, jobs, 1));
      assertTrue(failure.getMessage().startsWith("the Spark job of step 0 failed: "));
      assertTrue(failure.getMessage().contains("a fault of the test"), failure.getMessage());
    }
  }

  @Test
  void shouldSayThatTheSessionHasEnded() {
    GoldenCase golden = GoldenCase.RNN;
    TestSession session = TestSession.open("local[1]", Map.of());
    try (GradientEngine jobs = jobs(session, golden, golden.plan())) {
      session.close();
      EngineException failure =
          assertThrows(EngineException.class, () -> GoldenRun.hash(golden, jobs, 1));
      assertEquals("the Spark session has ended; start the run again", failure.getMessage());
    }
  }

  @Test
  void shouldRefuseDataThatDoNotFitTheNetworkAsTheLocalEngineDoes() {
    GoldenCase golden = GoldenCase.RNN;
    ShardPlan tokens = GoldenCase.LSTM.plan();
    try (TestSession session = TestSession.open("local[1]", Map.of());
        GradientEngine local = new LocalEngine(golden.spec(), tokens, GoldenCase.SEED, 1);
        GradientEngine jobs = jobs(session, golden, tokens)) {
      assertEquals(refusal(golden, local), refusal(golden, jobs));
    }
  }

  private static String refusal(GoldenCase golden, GradientEngine engine) {
    return assertThrows(IllegalArgumentException.class, () -> GoldenRun.hash(golden, engine, 1))
        .getMessage();
  }

  private static GradientEngine jobs(TestSession session, GoldenCase golden, ShardPlan plan) {
    return JobEngines.open(session.context(), golden.spec(), plan, GoldenCase.SEED, 0);
  }

  private static JobEngine jobs(
      TestSession session, GoldenCase golden, ShardPlan plan, ReduceKind reduce) {
    return JobEngines.open(session.context(), golden.spec(), plan, GoldenCase.SEED, 0, reduce);
  }

  private static TestSession withWrongResults(String master) {
    String registrators =
        HindsightKryoRegistrator.class.getName() + "," + WrongResults.class.getName();
    return TestSession.open(master, Map.of("spark.kryo.registrator", registrators));
  }

  private static TestSession faulty(String master, String every) {
    return TestSession.open(
        master, Map.of("spark.plugins", FaultPlugin.class.getName(), FaultPlugin.EVERY, every));
  }
}
