package io.hindsight.driver.report.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.driver.storage.Storage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code metrics.jsonl} tells of a run, read line by line: the log may be larger than memory,
 * and its last line may be cut off.
 */
public final class RunHistory {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MOST_DIAGNOSES = 200;

  private final StepGroups steps = new StepGroups();
  private final List<Validation> validations = new ArrayList<>();
  private long clipped;
  private long skipped;
  private long rollbacks;
  private final List<Diagnosed> diagnoses = new ArrayList<>();
  private JsonNode diagnosis; // the newest; null without any

  private RunHistory() {}

  /** Reads a log; one that is not there tells nothing. */
  static RunHistory read(Storage storage, String file) throws IOException {
    RunHistory history = new RunHistory();
    if (!storage.exists(file)) {
      return history;
    }
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(storage.openLines(file), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        history.add(parse(line));
      }
    }
    return history;
  }

  private static JsonNode parse(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (JsonProcessingException cutOff) {
      return MAPPER.missingNode();
    }
  }

  private void add(JsonNode line) {
    if (line.has("loss")) {
      StepGroup step = StepGroup.of(line);
      steps.add(step);
      clipped += step.clipped() > 0 ? 1 : 0;
      skipped += line.has("skipped") ? 1 : 0;
    } else if (line.has("validation")) {
      JsonNode of = line.get("validation");
      validations.add(
          new Validation(
              line.path("step").asLong(),
              StepGroup.number(of, "loss"),
              of.path("best").asBoolean()));
    } else if (line.has("rollback")) {
      long to = line.path("step").asLong();
      rollbacks++;
      steps.backTo(to);
      validations.removeIf(validation -> validation.step() > to);
      diagnoses.removeIf(look -> look.step() >= to);
    } else if (line.has("diagnosis")) {
      diagnosis = line.get("diagnosis");
      diagnoses.add(new Diagnosed(line.path("step").asLong(), diagnosis));
      thinOut();
    }
  }

  /** Of many every second one is enough for a picture, and so on. */
  private void thinOut() {
    if (diagnoses.size() > MOST_DIAGNOSES) {
      for (int i = diagnoses.size() - 2; i > 0; i -= 2) {
        diagnoses.remove(i);
      }
    }
  }

  /** The steps, and those that were undone no more. */
  public StepGroups steps() {
    return steps;
  }

  /** The validations in the order of their steps. */
  public List<Validation> validations() {
    return List.copyOf(validations);
  }

  /** Steps whose gradient was clipped. */
  public long clipped() {
    return clipped;
  }

  /** Steps that made no update. */
  public long skipped() {
    return skipped;
  }

  /** How often the run went back. */
  public long rollbacks() {
    return rollbacks;
  }

  /**
   * The diagnoses in the order of their steps; of very many some, with the first and the newest.
   */
  public List<Diagnosed> diagnoses() {
    return List.copyOf(diagnoses);
  }

  /** The newest diagnosis; absent if none was made. */
  public Optional<JsonNode> diagnosis() {
    return Optional.ofNullable(diagnosis);
  }
}
