package io.hindsight.driver.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.Excerpt;
import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a run ended: {@code status.json}, written in one step and after everything else, so a run
 * directory that has one belongs to a run that has ended.
 *
 * <pre>
 * {"state": "…", "exit_code": 0, "reason": "…", "weights_sha256": "…" or null,
 *  "steps": 1200, "metrics": {"validation_loss": …}, "spacing": {"step": "1 h", …},
 *  "data": {"left_out": …}}
 * </pre>
 *
 * <p>NaN and infinities are texts, as in {@link MetricsLog}.
 *
 * @param state the end in one word: completed, interrupted, failed or diverged
 * @param exitCode of the process, by the command line's contract
 * @param reason for people; kept in one line, and of a long one the beginning
 * @param weightsSha256 of the final weights; absent if there are none
 * @param steps updates made
 * @param metrics final numbers by name, such as {@code validation_loss}
 * @param spacing how evenly the rows of the data follow each other in time, as {@link
 *     io.hindsight.datasets.Spacing#toJson} writes it; absent where nothing is known of it
 * @param data what else should be known of the data; not written where it is empty
 */
public record StatusFile(
    String state,
    int exitCode,
    String reason,
    Optional<String> weightsSha256,
    long steps,
    Map<String, Double> metrics,
    Optional<JsonNode> spacing,
    ObjectNode data) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int LONGEST_REASON = 1_000; // UTF-16 units

  public StatusFile {
    reason = Excerpt.line(reason, LONGEST_REASON);
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    data = data.deepCopy();
  }

  /** The end of a run of whose data nothing is known but its spacing. */
  public StatusFile(
      String state,
      int exitCode,
      String reason,
      Optional<String> weightsSha256,
      long steps,
      Map<String, Double> metrics,
      Optional<JsonNode> spacing) {
    this(
        state, exitCode, reason, weightsSha256, steps, metrics, spacing, MAPPER.createObjectNode());
  }

  /** The end of a run of whose data no spacing is known. */
  public StatusFile(
      String state,
      int exitCode,
      String reason,
      Optional<String> weightsSha256,
      long steps,
      Map<String, Double> metrics) {
    this(state, exitCode, reason, weightsSha256, steps, metrics, Optional.empty());
  }

  /** Writes the file, in the place of an older one. */
  public void write(Storage storage, String file) throws IOException {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("state", state).put("exit_code", exitCode).put("reason", reason);
    json.put("weights_sha256", weightsSha256.orElse(null));
    json.put("steps", steps);
    metrics.forEach(json.putObject("metrics")::put);
    spacing.ifPresent(figures -> json.set("spacing", figures));
    if (!data.isEmpty()) {
      json.set("data", data);
    }
    String text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    storage.replace(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads the file.
   *
   * @throws IOException if it is not there or not such a file
   */
  public static StatusFile read(Storage storage, String file) throws IOException {
    try (InputStream in = storage.open(file)) {
      return read(in, file);
    }
  }

  /**
   * Reads a file's content.
   *
   * @param file its name, for errors
   */
  static StatusFile read(InputStream in, String file) throws IOException {
    JsonNode json = MAPPER.readTree(in);
    if (!json.path("state").isTextual() || !json.path("exit_code").isInt()) {
      throw new IOException(file + " is no status file of a run: it needs state and exit_code");
    }
    Map<String, Double> metrics = new TreeMap<>();
    for (Map.Entry<String, JsonNode> metric : json.path("metrics").properties()) {
      metrics.put(metric.getKey(), number(metric.getValue(), file));
    }
    return new StatusFile(
        json.get("state").textValue(),
        json.get("exit_code").intValue(),
        json.path("reason").asText(),
        Optional.ofNullable(json.path("weights_sha256").textValue()),
        json.path("steps").asLong(),
        metrics,
        Optional.ofNullable(json.get("spacing")),
        json.path("data") instanceof ObjectNode data ? data : MAPPER.createObjectNode());
  }

  private static double number(JsonNode value, String file) throws IOException {
    try {
      return Double.parseDouble(value.asText());
    } catch (NumberFormatException e) {
      throw new IOException(file + " has a metric that is no number: " + value, e);
    }
  }
}
