package io.hindsight.driver.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.driver.storage.Storage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * What {@code metrics.jsonl} tells of a run's steps.
 *
 * @param steps that made an update
 * @param clipped those whose gradient was clipped
 */
public record StepCounts(long steps, long clipped) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Counts the lines of a log, of which the last may be cut off. */
  public static StepCounts read(Storage storage, String file) throws IOException {
    long steps = 0;
    long clipped = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(storage.openLines(file), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode json = parse(line);
        if (json.has("clip_scale") && !json.has("skipped")) {
          steps++;
          clipped += json.get("clip_scale").asDouble() < 1 ? 1 : 0;
        }
      }
    }
    return new StepCounts(steps, clipped);
  }

  private static JsonNode parse(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (JsonProcessingException cutOff) {
      return MAPPER.missingNode();
    }
  }
}
