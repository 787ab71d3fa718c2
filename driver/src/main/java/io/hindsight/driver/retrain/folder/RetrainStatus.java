package io.hindsight.driver.retrain.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.Excerpt;
import io.hindsight.datasets.TimeWindow;
import io.hindsight.driver.model.Json;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Where a retraining stands, or how it ended: {@code runs/KEY/status.json}.
 *
 * <pre>
 * {"format": "hindsight-retraining", "format_version": 1, "key": "…",
 *  "from": "2026-05-01T00:00:00Z", "to": "2026-11-01T00:00:00Z", "state": "running",
 *  "stage": "train", "exit_code": 0, "reason": "…", "attempt": "…" or null,
 *  "version": "…" or null, "started": "…", "updated": "…"}
 * </pre>
 *
 * @param key of the run
 * @param window of the data
 * @param state {@code running}, a word of {@link Outcome}, {@code interrupted} or {@code failed}
 * @param stage the last one that was begun
 * @param exitCode of the process; 0 while it runs
 * @param reason for people; kept in one line
 * @param attempt the folder of {@code runs/KEY} that holds its files; absent before the source was
 *     looked at
 * @param version that was published; absent if there is none
 * @param started by the clock of the machine
 * @param updated by the same
 */
public record RetrainStatus(
    String key,
    TimeWindow window,
    String state,
    Stage stage,
    int exitCode,
    String reason,
    Optional<String> attempt,
    Optional<String> version,
    Instant started,
    Instant updated) {
  public static final String NAME = "status.json";
  public static final String RUNNING = "running";
  private static final String FORMAT = "hindsight-retraining";
  private static final int VERSION = 1;
  private static final Set<String> FINAL =
      Set.of(
          Outcome.PROMOTED.word(),
          Outcome.PUBLISHED.word(),
          Outcome.REJECTED.word(),
          Outcome.UNCHANGED.word());
  private static final int LONGEST_REASON = 1_000; // UTF-16 units

  public RetrainStatus {
    reason = Excerpt.line(reason, LONGEST_REASON);
  }

  /** Of a run that has just begun. */
  public static RetrainStatus begun(String key, TimeWindow window, Instant now) {
    return new RetrainStatus(
        key, window, RUNNING, Stage.LEASE, 0, "", Optional.empty(), Optional.empty(), now, now);
  }

  /** The same, one stage further. */
  public RetrainStatus at(Stage next, Instant now) {
    return new RetrainStatus(key, window, RUNNING, next, 0, "", attempt, version, started, now);
  }

  /** The same, whose files lie in a folder. */
  public RetrainStatus of(String folder) {
    return new RetrainStatus(
        key,
        window,
        state,
        stage,
        exitCode,
        reason,
        Optional.of(folder),
        version,
        started,
        updated);
  }

  /** The same, at its end. */
  public RetrainStatus ended(
      String how, int code, String why, Optional<String> published, Instant now) {
    return new RetrainStatus(key, window, how, stage, code, why, attempt, published, started, now);
  }

  /** Whether the run has come to its verdict. */
  public boolean isFinal() {
    return FINAL.contains(state);
  }

  public byte[] toJson() throws IOException {
    ObjectNode json = Json.object().put("format", FORMAT).put("format_version", VERSION);
    json.put("key", key);
    json.put("from", window.from().toString()).put("to", window.to().toString());
    json.put("state", state).put("stage", stage.word()).put("exit_code", exitCode);
    json.put("reason", reason).put("attempt", attempt.orElse(null));
    json.put("version", version.orElse(null));
    json.put("started", started.toString()).put("updated", updated.toString());
    return Json.pretty(json);
  }

  /**
   * Reads the file.
   *
   * @throws io.hindsight.driver.model.ModelException if it is none
   */
  public static RetrainStatus parse(byte[] bytes, String where) {
    JsonNode json = Json.parse(bytes, where);
    Json.requireVersion(json, FORMAT, VERSION, where);
    try {
      return new RetrainStatus(
          Json.text(json, "key", where),
          new TimeWindow(instant(json, "from", where), instant(json, "to", where)),
          Json.text(json, "state", where),
          Stage.named(Json.text(json, "stage", where)),
          Math.toIntExact(Json.integer(json, "exit_code", where)),
          Json.text(json, "reason", where),
          optional(json, "attempt", where),
          optional(json, "version", where),
          instant(json, "started", where),
          instant(json, "updated", where));
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
      throw Json.corrupt(where, "is no status of a retraining: " + e.getMessage());
    }
  }

  private static Optional<String> optional(JsonNode json, String field, String where) {
    return json.path(field).isNull()
        ? Optional.empty()
        : Optional.of(Json.text(json, field, where));
  }

  private static Instant instant(JsonNode json, String field, String where) {
    return Instant.parse(Json.text(json, field, where));
  }
}
