package io.hindsight.driver.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.driver.cluster.TwoWorkers;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.plan.EngineOption;
import io.hindsight.driver.plan.Medians;
import io.hindsight.driver.plan.Plan;
import io.hindsight.driver.plan.Prediction;
import io.hindsight.driver.run.Planning;
import io.hindsight.driver.run.TrainingRun;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plans and the runs that they predict, side by side: two models, in this process and on two
 * workers. Prints both step times; that they agree is for quiet machines, so with {@code
 * -Dhindsight.plan.check=true -DfirstCompiler.jvmOptions=} only it has the models and compilers
 * that users have, takes the time to measure, and wants 30 %.
 */
class PlanIT {
  private static final boolean CHECK = Boolean.getBoolean("hindsight.plan.check");
  private static final double SECONDS = CHECK ? 4 : 0.02;
  private static final double MOST = 0.30;

  private static final String CONFIG =
      """
      name: plan
      data: {format: generator, name: adding, length: 50, sequences: 2048, split: {validation: 0, test: 0}}
      model: {cell: lstm, hidden: [%d]}
      training: {steps: %d, batch: %d, optimizer: {type: adam, learning-rate: 1e-3}, clip: {norm: 1}}
      """;

  private final List<String> missed = new ArrayList<>();

  @RegisterExtension static final TwoWorkers CLUSTER = new TwoWorkers();

  @TempDir private Path folder;

  /** Small and large: when it is checked, 17,473 parameters of 4 shards, 265,729 of 8. */
  private enum Model {
    SMALL(64, 32, 3000),
    LARGE(256, 64, 300);

    private final int hidden;
    private final int batch;
    private final int steps; // some seconds of them: until then, code is being compiled

    Model(int hidden, int batch, int steps) {
      this.hidden = CHECK ? hidden : hidden / 8;
      this.batch = batch;
      this.steps = CHECK ? steps : 6;
    }

    RunConfig config(String... overrides) {
      return ConfigReader.read(
          CONFIG.formatted(hidden, steps, batch), "plan.yaml", List.of(overrides));
    }
  }

  /** Every line is printed before the first that misses fails. */
  @AfterEach
  void shouldBeWithinThirtyPercentWhereThatIsAsked() {
    assertEquals(List.of(), missed);
  }

  @Test
  void shouldPredictThreads() throws Exception {
    for (Model model : Model.values()) {
      Plan plan = withMaster("local[2]", () -> compare(model, EngineOption.LOCAL, model.config()));
      assertEquals("from defaults", plan.spark().origin().substring(0, 13));
      assertTrue(plan.notes().isEmpty(), plan.notes().toString());
    }
  }

  private static <T> T withMaster(String master, Callable<T> work) throws Exception {
    System.setProperty("spark.master", master);
    try {
      return work.call();
    } finally {
      System.clearProperty("spark.master");
    }
  }

  @Test
  void shouldPredictTwoWorkers() throws Exception {
    Map<String, String> settings = Map.of("spark.executor.memory", "700m");
    try (TestSession session =
        CHECK
            ? TestSession.on(CLUSTER.idle(), settings)
            : TestSession.onShortLived(CLUSTER.idle(), settings)) {
      assertTrue(session.sessions().isPresent());
      for (Model model : CHECK ? List.of(Model.values()) : List.of(Model.SMALL)) {
        RunConfig resident = model.config("training.engine=spark-resident");
        Plan plan = compare(model, EngineOption.RESIDENT, resident);
        assertEquals("measured on 2 executors x 1 core", plan.spark().origin());
        assertTrue(plan.measuredExecutors());
        compare(model, EngineOption.JOBS, model.config("training.engine=spark-jobs"));
      }
      Plan free = Planning.of(Model.SMALL.config(), SECONDS);
      assertTrue(free.reason().contains("predicted") && free.reason().contains("spark-jobs"));
    }
  }

  private Plan compare(Model model, EngineOption engine, RunConfig config) throws IOException {
    Plan plan = Planning.of(config, SECONDS);
    Prediction prediction = plan.chosen().orElseThrow();
    Path directory = folder.resolve(model + "-" + engine);
    TrainingRun.start(config, new RunDirectory(directory), false);
    double measured = median(directory.resolve("metrics.jsonl"));
    double error = prediction.stepMs() / measured - 1;
    System.out.printf(
        "%-6s %-15s predicted %9.3f ms (compute %9.3f, engine %8.3f, update %7.3f), measured %9.3f ms (compute %9.3f), error %+.0f %%%n",
        model,
        engine.label(),
        prediction.stepMs(),
        prediction.computeNanos() / 1e6,
        prediction.engineNanos() / 1e6,
        prediction.updateNanos() / 1e6,
        measured,
        median(directory.resolve("metrics.jsonl"), "compute_ms"),
        100 * error);
    assertShape(plan, engine);
    if (CHECK && !(Math.abs(error) <= MOST)) {
      missed.add("%s %s by %+.0f %%".formatted(model, engine.label(), 100 * error));
    }
    return plan;
  }

  private static void assertShape(Plan plan, EngineOption engine) {
    assertEquals(engine, plan.engine());
    assertEquals(EngineOption.values().length, plan.engines().size());
    assertEquals(9, plan.scaling().size());
    assertEquals(256, plan.scaling().get(8).cluster().executors());
    int tasks = 0;
    for (Prediction each : plan.scaling()) {
      assertTrue(each.tasks() >= tasks && each.stepNanos() > 0);
      tasks = each.tasks();
    }
    assertEquals(plan.workload().shards(), tasks);
    assertTrue(plan.memory().executor() > plan.memory().task());
  }

  private static double median(Path metrics) throws IOException {
    return median(metrics, "step_ms");
  }

  /** Over the second half of the steps, when everything is compiled. */
  private static double median(Path metrics, String field) throws IOException {
    List<Double> times = new ArrayList<>();
    for (String line : Files.readAllLines(metrics)) {
      times.add(new ObjectMapper().readTree(line).path(field).asDouble());
    }
    return Medians.of(times.subList(times.size() / 2, times.size()));
  }
}
