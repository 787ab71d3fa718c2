package io.hindsight.driver.metrics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.storage.LineFile;
import io.hindsight.driver.storage.Storage;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * {@code metrics.jsonl}: one JSON object per line. A killed run may lose lines of steps after its
 * newest checkpoint: none on this machine's disk, those of a tenth of a second on HDFS, all of them
 * on object stores. They are written again when it resumes.
 *
 * <pre>
 * {"step": 0, "epoch": 0, "loss": …, "targets": …, "grad_norm": …, "clip_scale": …,
 *  "learning_rate": …, "step_ms": …, "compute_ms": …, "waiting_ms": …, "engine_ms": …,
 *  "driver_ms": …, "transport_ms": …, "update_ms": …, "implementation": "…"}
 * {"step": 100, "epoch": 0, "validation": {"loss": …, "targets": …, "elapsed_ms": …, "best": true}}
 * {"step": 100, "checkpoint": {"stall_ms": …, "save_ms": …, "bytes": …}}
 * </pre>
 *
 * <p>The times are those of {@link StepTimes}. A step's number counts the updates before it, and so
 * does a validation's: the line of step 99 comes before that of the validation at 100. A
 * checkpoint's line comes when it is written, which is some steps later.
 *
 * <p>JSON has no number for NaN or infinity; they are the texts {@code "NaN"}, {@code "Infinity"}
 * and {@code "-Infinity"}, which number parsers of Java, Python and JavaScript read.
 */
public final class MetricsLog implements Closeable {
  /** The JDK's way to write a double takes longer than the update of a small network. */
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build());

  private final LineFile lines;
  private final String implementation;

  private MetricsLog(LineFile lines, String implementation) {
    this.lines = lines;
    this.implementation = implementation;
  }

  /**
   * Begins an empty log, in the place of an older one.
   *
   * @param implementation name of the arithmetic that runs, written with every step
   */
  public static MetricsLog create(Storage storage, String file, String implementation)
      throws IOException {
    return new MetricsLog(storage.begin(file, nothing -> {}), implementation);
  }

  /**
   * Goes on with a log after a run resumes: lines of later steps, which will be made again, and a
   * line cut off by a kill are dropped.
   *
   * @param steps updates made at the checkpoint that the run resumes from
   * @param implementation as for {@link #create}
   */
  public static MetricsLog resume(Storage storage, String file, long steps, String implementation)
      throws IOException {
    boolean isThere = storage.exists(file);
    LineFile lines =
        storage.begin(
            file,
            out -> {
              if (isThere) {
                copyWithin(storage, file, steps, out);
              }
            });
    return new MetricsLog(lines, implementation);
  }

  /** One line at a time: a log may be larger than memory. */
  private static void copyWithin(Storage storage, String file, long steps, OutputStream out)
      throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(storage.openLines(file), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (isWithin(line, steps)) {
          out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
      }
    }
  }

  /** Whether a line is whole, and of what came before so many updates. */
  static boolean isWithin(String line, long steps) {
    try {
      JsonNode json = MAPPER.readTree(line);
      long last = json.has("loss") ? steps - 1 : steps;
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

  /** Appends a checkpoint's line. */
  public void append(CheckpointMetrics metrics) throws IOException {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("step", metrics.step());
    json.putObject("checkpoint")
        .put("stall_ms", metrics.stallMs())
        .put("save_ms", metrics.saveMs())
        .put("bytes", metrics.bytes());
    append(json);
  }

  private void append(ObjectNode json) throws IOException {
    lines.append((MAPPER.writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Hands on all lines so far; called before a checkpoint is saved, so that a run resumed from it
   * finds the lines of all its steps.
   */
  public void flush() throws IOException {
    lines.flush();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
