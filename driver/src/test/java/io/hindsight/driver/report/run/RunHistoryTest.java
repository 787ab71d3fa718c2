package io.hindsight.driver.report.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunHistoryTest {
  @TempDir private Path folder;

  private RunHistory read(List<String> lines) throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    Files.write(file, lines);
    Storage storage = Storage.of(file.toString(), Configuration::new);
    return RunHistory.read(storage, file.toString());
  }

  private static String step(int step, Object loss, double scale) {
    return "{\"step\":%d,\"epoch\":0,\"loss\":%s,\"targets\":8,\"grad_norm\":2.0,\"clip_scale\":%s,\"learning_rate\":0.5,\"step_ms\":10.0,\"compute_ms\":6.0,\"waiting_ms\":1.0,\"engine_ms\":3.0,\"driver_ms\":1.0,\"transport_ms\":2.0,\"update_ms\":1.0,\"implementation\":\"x\"}"
        .formatted(step, loss, scale);
  }

  private static List<String> steps(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> step(i, (double) i, i % 4 == 0 ? 0.5 : 1))
        .toList();
  }

  @Test
  void shouldTellEachStepOfAShortRun() throws IOException {
    RunHistory history = read(steps(1000));
    assertEquals(1000, history.steps().all().size());
    StepGroup step = history.steps().all().get(37);
    assertEquals(37, step.first());
    assertEquals(1, step.steps());
    assertEquals(37, step.loss());
    assertEquals(new StepGroup.Times(10, 5, 1, 1, 2, 1), step.times());
    assertEquals(250, history.clipped());
  }

  @Test
  void shouldTellTheMeansOfNeighboursInALongOne() throws IOException {
    int count = 5000;
    RunHistory history = read(steps(count));
    List<StepGroup> groups = history.steps().all();
    assertTrue(groups.size() <= 1024 && groups.size() > 500, groups.size() + " groups");
    assertEquals(count, groups.stream().mapToLong(StepGroup::steps).sum());
    long next = 0;
    for (StepGroup group : groups) {
      assertEquals(next, group.first());
      assertEquals(group.first() + (group.steps() - 1) / 2.0, group.loss(), 1e-9);
      next += group.steps();
    }
    assertEquals((count - 1) / 2.0, history.steps().mean(StepGroup::loss), 1e-9);
  }

  @Test
  void shouldForgetWhatARollbackUndid() throws IOException {
    List<String> lines = new ArrayList<>(steps(10));
    lines.add("{\"step\":10,\"epoch\":0,\"validation\":{\"loss\":5.0,\"best\":true}}");
    lines.add("{\"step\":6,\"rollback\":{\"from\":10,\"rate_factor\":0.5,\"reason\":\"NaN\"}}");
    lines.add(step(6, 60.0, 1));
    RunHistory history = read(lines);
    assertEquals(7, history.steps().all().size());
    assertEquals(60, history.steps().all().get(6).loss());
    assertEquals(List.of(), history.validations());
    assertEquals(1, history.rollbacks());
  }

  @Test
  void shouldReadALogThatIsCutOffAndWhatIsNotFinite() throws IOException {
    RunHistory history = read(List.of(step(0, "\"NaN\"", 1), "{\"step\":1,\"lo"));
    assertEquals(1, history.steps().all().size());
    assertTrue(Double.isNaN(history.steps().all().get(0).loss()));
  }

  @Test
  void shouldTellNothingWithoutALog() throws IOException {
    String file = folder.resolve("none.jsonl").toString();
    RunHistory history = RunHistory.read(Storage.of(file, Configuration::new), file);
    assertEquals(List.of(), history.steps().all());
  }
}
