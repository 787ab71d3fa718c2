package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.predict.TablePredictions;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark's user interface shows of a run, asked of its own REST interface. */
class JobNamesTest {
  private static final String DESCRIPTION = "spark.job.description";
  private static final String CALL_SITE = "callSite.short";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private Path data;
  private TestSession session;

  @BeforeEach
  void open() throws IOException {
    StringBuilder rows = new StringBuilder("id,t,x\n");
    for (int t = 0; t < 60; t++) {
      rows.append("a,").append(t).append(',').append(Math.sin(t)).append('\n');
    }
    data = Files.writeString(folder.resolve("waves.csv"), rows);
    session = TestSession.forTables(Map.of("spark.ui.enabled", "true", "spark.ui.port", "0"));
    session.context().setJobGroup("theirs", "what they do", false);
    session.context().setCallSite("their code");
  }

  @AfterEach
  void close() {
    session.close();
  }

  private RunConfig config(String engine) {
    return TestRuns.config(
        """
        data:
          format: csv
          path: DATA
          options: {header: true}
          sequence: id
          time: t
          inputs: [x]
          targets: [x]
          horizon: 1
          split: {by: time, validation: 10, test: 10}
        model: {cell: rnn, hidden: [2]}
        training:
          engine: ENGINE
          steps: 3
          batch: 8
          bptt: {window: 5}
          validate-every: 3
          optimizer: {type: sgd, learning-rate: 1e-2}
        """
            .replace("DATA", data.toString())
            .replace("ENGINE", engine));
  }

  @Test
  void shouldNameReadingAndEachStepAndLeaveTheUsersNamesAlone() throws IOException {
    TestRuns.train(config("spark-jobs"), folder.resolve("run"));

    awaitJob("hindsight: step 3 of 3");
    List<JsonNode> jobs = ask("jobs");
    List<String> names = texts(jobs, "description");
    assertTrue(names.contains("hindsight: read " + data), names.toString());
    assertTrue(names.contains("hindsight: step 1 of 3"), names.toString());
    assertTrue(names.stream().allMatch(name -> name.startsWith("hindsight: ")), names.toString());
    assertTrue(texts(ask("stages"), "name").contains("hindsight: step 2 of 3"));
    assertTrue(
        jobs.stream().allMatch(job -> job.path("jobGroup").asText().equals("theirs")),
        "a user may cancel them by the group of the thread that trains");
    assertTheirs();
  }

  @Test
  void shouldNameResidentTasksAndAnswers() throws IOException {
    Path run = folder.resolve("run");
    TestRuns.train(config("spark-resident"), run);
    Path answers = folder.resolve("answers");
    ModelBundle model =
        ModelBundle.load(run.resolve("model").toString(), Optional.of(data.toString()), List.of());
    TablePredictions.run(model, TableOutput.of("parquet", answers.toString()));

    awaitJob("hindsight: predict to " + answers);
    assertTrue(texts(ask("jobs"), "description").contains("hindsight: resident tasks"));
    assertTheirs();
  }

  private void assertTheirs() {
    assertEquals("what they do", session.context().getLocalProperty(DESCRIPTION));
    assertEquals("their code", session.context().getLocalProperty(CALL_SITE));
    assertEquals("theirs", session.context().getLocalProperty("spark.jobGroup.id"));
  }

  /** Spark tells of jobs a moment after they end. */
  private void awaitJob(String name) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    List<String> names = texts(ask("jobs"), "description");
    while (!names.contains(name)) {
      assertTrue(System.nanoTime() < end, names.toString());
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      names = texts(ask("jobs"), "description");
    }
  }

  private List<JsonNode> ask(String what) throws IOException {
    String address =
        "%s/api/v1/applications/%s/%s"
            .formatted(session.context().uiWebUrl().get(), session.context().applicationId(), what);
    List<JsonNode> all = new ArrayList<>();
    JSON.readTree(URI.create(address).toURL()).forEach(all::add);
    return all;
  }

  private static List<String> texts(List<JsonNode> all, String field) {
    return all.stream().map(each -> each.path(field).asText()).toList();
  }
}
