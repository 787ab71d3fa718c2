package io.hindsight.driver.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.driver.cluster.LoggedProcess;
import io.hindsight.driver.storage.LocalStorage;
import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsLogTest {
  private static final Storage DISK = new LocalStorage();

  @TempDir private Path folder;

  @Test
  void shouldWriteTheContractsFieldsOneObjectPerLine() throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    try (MetricsLog log = MetricsLog.create(DISK, file.toString(), "reference")) {
      log.append(step(1, 0.1 + 0.2));
      assertEquals(1, Files.readAllLines(file).size(), "flushed");
      log.append(new ValidationMetrics(1, 0, 0.75, 9, 2.5, true));
    }
    List<JsonNode> lines = parse(file);
    List<String> names = new ArrayList<>();
    lines.get(0).fieldNames().forEachRemaining(names::add);
    assertEquals(
        List.of(
            "step",
            "epoch",
            "loss",
            "targets",
            "grad_norm",
            "clip_scale",
            "learning_rate",
            "step_ms",
            "compute_ms",
            "waiting_ms",
            "engine_ms",
            "driver_ms",
            "transport_ms",
            "update_ms",
            "implementation"),
        names);
    assertEquals(0.1 + 0.2, lines.get(0).get("loss").doubleValue(), 0.0);
    assertEquals(0.75, lines.get(1).get("validation").get("loss").doubleValue(), 0.0);
    assertTrue(lines.get(1).get("validation").get("best").booleanValue());
  }

  @Test
  void shouldKeepTheLineOfTheCheckpointThatARunResumesFrom() throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    try (MetricsLog log = MetricsLog.create(DISK, file.toString(), "reference")) {
      log.append(step(2, 1));
      log.append(step(3, 1));
      log.append(new CheckpointMetrics(3, 0.25, 7.5, 4096));
      log.append(new CheckpointMetrics(4, 0.25, 7.5, 4096));
    }
    MetricsLog.resume(DISK, file.toString(), 3, "reference").close();
    assertEquals(
        "{\"step\":3,\"checkpoint\":{\"stall_ms\":0.25,\"save_ms\":7.5,\"bytes\":4096}}",
        Files.readAllLines(file).get(1));
    assertEquals(2, parse(file).size());
  }

  @Test
  void shouldStayJsonWhenNumbersAreNotFinite() throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    try (MetricsLog log = MetricsLog.create(DISK, file.toString(), "reference")) {
      log.append(step(1, Double.NaN));
      log.append(step(2, Double.NEGATIVE_INFINITY));
    }
    List<JsonNode> lines = parse(file);
    assertEquals("NaN", lines.get(0).get("loss").textValue());
    assertEquals("-Infinity", lines.get(1).get("loss").textValue());
  }

  @Test
  void shouldDropLaterStepsAndACutOffLineOnResume() throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    try (MetricsLog log = MetricsLog.create(DISK, file.toString(), "reference")) {
      for (long step = 0; step < 5; step++) {
        log.append(new ValidationMetrics(step, 0, 0.5, 9, 1, false));
        log.append(step(step, 1.0 + step));
      }
    }
    Files.writeString(file, "{\"step\": 2, \"lo", StandardOpenOption.APPEND);
    try (MetricsLog log = MetricsLog.resume(DISK, file.toString(), 3, "reference")) {
      log.append(step(3, 30));
    }
    List<String> lines =
        parse(file).stream()
            .map(line -> (line.has("loss") ? "step " : "validation ") + line.get("step"))
            .toList();
    assertEquals(
        List.of(
            "validation 0",
            "step 0",
            "validation 1",
            "step 1",
            "validation 2",
            "step 2",
            "validation 3",
            "step 3"),
        lines);
    assertEquals(30.0, parse(file).get(7).get("loss").asDouble(), 0.0);
  }

  @Test
  void shouldResumeWithoutAnOlderLogAndReplaceOneOnCreate() throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    try (MetricsLog log = MetricsLog.resume(DISK, file.toString(), 3, "reference")) {
      log.append(step(4, 1));
    }
    assertEquals(1, parse(file).size());
    MetricsLog.create(DISK, file.toString(), "reference").close();
    assertEquals(0, parse(file).size());
  }

  /**
   * Of 27 MB, of which a heap of 48 MB does not hold three copies beside the index of the class
   * path.
   */
  @Test
  void shouldResumeALogThatIsLargerThanMemory() throws Exception {
    Path file = folder.resolve("metrics.jsonl");
    int steps = 100_000;
    try (MetricsLog log = MetricsLog.create(DISK, file.toString(), "reference")) {
      log.append(step(0, 1.0 / 3));
    }
    String first = Files.readString(file);
    try (Writer writer = Files.newBufferedWriter(file)) {
      for (int step = 0; step < steps; step++) {
        writer.write(first.replace("\"step\":0,", "\"step\":" + step + ","));
      }
    }
    long size = Files.size(file);
    assertTrue(size > 25e6, size + " bytes");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx48m", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ResumeMain.class.getName(), file.toString(), "" + (steps - 1)));
    Path log = folder.resolve("resume.log");
    try (LoggedProcess process = LoggedProcess.start(command, Map.of(), log)) {
      assertEquals(0, process.exitCode(Duration.ofMinutes(5)), process.output());
    }
    try (Stream<String> lines = Files.lines(file)) {
      assertEquals(steps - 1, lines.count());
    }
  }

  static StepMetrics step(long step, double loss) {
    return new StepMetrics(
        step, 0, loss, 32, 0.5, 1, 1e-3, false, new StepTimes(3, 2, 0.5, 0.75, 0.25, 0.25));
  }

  private static List<JsonNode> parse(Path file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }
}
