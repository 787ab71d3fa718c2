package io.hindsight.driver.metrics;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Writes the lines of steps, as {@link MetricsLines} has them. A small network makes thousands of
 * steps a second, so one generator writes all lines, field by field, and doubles in Jackson's way,
 * which is quicker than the JDK's. For one thread.
 */
final class StepLines {
  private static final int LINE_BYTES = 512; // more than most have

  private final String implementation;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(LINE_BYTES);
  private final JsonGenerator json;

  /** Lines that tell that this arithmetic runs. */
  StepLines(String implementation) throws IOException {
    this.implementation = implementation;
    json =
        new JsonFactoryBuilder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .rootValueSeparator((String) null)
            .build()
            .createGenerator(line);
  }

  /** A step's line. */
  byte[] of(StepMetrics metrics) throws IOException {
    line.reset();
    json.writeStartObject();
    json.writeNumberField("step", metrics.step());
    json.writeNumberField("epoch", metrics.epoch());
    json.writeNumberField("loss", metrics.loss());
    json.writeNumberField("targets", metrics.targets());
    json.writeNumberField("grad_norm", metrics.gradNorm());
    json.writeNumberField("clip_scale", metrics.clipScale());
    json.writeNumberField("learning_rate", metrics.learningRate());
    if (metrics.skipped()) {
      json.writeBooleanField("skipped", true);
    }
    write(metrics.times());
    json.writeStringField("implementation", implementation);
    json.writeEndObject();
    json.writeRaw('\n');
    json.flush();
    return line.toByteArray();
  }

  private void write(StepTimes times) throws IOException {
    json.writeNumberField("step_ms", times.stepMs());
    json.writeNumberField("compute_ms", times.computeMs());
    json.writeNumberField("waiting_ms", times.waitingMs());
    json.writeNumberField("engine_ms", times.engineMs());
    json.writeNumberField("driver_ms", times.driverMs());
    json.writeNumberField("transport_ms", times.transportMs());
    json.writeNumberField("update_ms", times.updateMs());
  }
}
