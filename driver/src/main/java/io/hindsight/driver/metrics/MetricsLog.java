package io.hindsight.driver.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.model.DurableFiles;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * {@code metrics.jsonl}: one JSON object per line, flushed line by line.
 *
 * <pre>
 * {"step": 0, "epoch": 0, "loss": …, "targets": …, "grad_norm": …, "clip_scale": …,
 *  "learning_rate": …, "step_ms": …, "compute_ms": …, "waiting_ms": …, "engine_ms": …,
 *  "driver_ms": …, "transport_ms": …, "update_ms": …, "implementation": "…"}
 * {"step": 100, "epoch": 0, "validation": {"loss": …, "targets": …, "elapsed_ms": …, "best": true}}
 * </pre>
 *
 * <p>The times are those of {@link StepTimes}. A step's number counts the updates before it, and so
 * does a validation's: the line of step 99 comes before that of the validation at 100.
 *
 * <p>JSON has no number for NaN or infinity; they are the texts {@code "NaN"}, {@code "Infinity"}
 * and {@code "-Infinity"}, which number parsers of Java, Python and JavaScript read.
 */
public final class MetricsLog implements Closeable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final BufferedWriter writer;
  private final String implementation;

  private MetricsLog(Path file, String implementation) throws IOException {
    this.implementation = implementation;
    writer =
        Files.newBufferedWriter(
            file,
            StandardCharsets.UTF_8,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND);
  }

  /**
   * Begins an empty log, in the place of an older one.
   *
   * @param implementation name of the arithmetic that runs, written with every step
   */
  public static MetricsLog create(Path file, String implementation) throws IOException {
    Files.deleteIfExists(file);
    return new MetricsLog(file, implementation);
  }

  /**
   * Goes on with a log after a run resumes: lines of later steps, which will be made again, and a
   * line cut off by a kill are dropped.
   *
   * @param steps updates made at the checkpoint that the run resumes from
   * @param implementation as for {@link #create}
   */
  public static MetricsLog resume(Path file, long steps, String implementation) throws IOException {
    if (Files.exists(file)) {
      StringBuilder kept = new StringBuilder();
      try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
        lines.filter(line -> isWithin(line, steps)).forEach(line -> kept.append(line).append('\n'));
      }
      DurableFiles.replace(file, kept.toString().getBytes(StandardCharsets.UTF_8));
    }
    return new MetricsLog(file, implementation);
  }

  private static boolean isWithin(String line, long steps) {
    try {
      JsonNode json = MAPPER.readTree(line);
      long last = json.has("validation") ? steps : steps - 1;
      return json.path("step").isIntegralNumber() && json.get("step").longValue() <= last;
    } catch (JsonProcessingException cutOff) {
      return false;
    }
  }

  /** Appends a step's line. */
  public void append(StepMetrics metrics) throws IOException {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("step", metrics.step()).put("epoch", metrics.epoch());
    json.put("loss", metrics.loss()).put("targets", metrics.targets());
    json.put("grad_norm", metrics.gradNorm()).put("clip_scale", metrics.clipScale());
    json.put("learning_rate", metrics.learningRate());
    StepTimes times = metrics.times();
    json.put("step_ms", times.stepMs()).put("compute_ms", times.computeMs());
    json.put("waiting_ms", times.waitingMs()).put("engine_ms", times.engineMs());
    json.put("driver_ms", times.driverMs()).put("transport_ms", times.transportMs());
    json.put("update_ms", times.updateMs()).put("implementation", implementation);
    append(json);
  }

  /** Appends a validation's line. */
  public void append(ValidationMetrics metrics) throws IOException {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("step", metrics.step()).put("epoch", metrics.epoch());
    json.putObject("validation")
        .put("loss", metrics.loss())
        .put("targets", metrics.targets())
        .put("elapsed_ms", metrics.elapsedMs())
        .put("best", metrics.best());
    append(json);
  }

  private void append(ObjectNode json) throws IOException {
    writer.write(MAPPER.writeValueAsString(json));
    writer.write('\n');
    writer.flush();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
