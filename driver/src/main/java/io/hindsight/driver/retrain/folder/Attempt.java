package io.hindsight.driver.retrain.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.model.Json;
import java.io.IOException;
import java.util.Optional;

/**
 * What was decided as a run first read its source as it is: {@code attempt.json}. A run that was
 * killed goes on with the same decisions, whatever the champion is by then.
 *
 * <pre>
 * {"format": "hindsight-attempt", "format_version": 1, "config_sha256": "…",
 *  "snapshot_sha256": "…", "champion": "…" or null, "warm_starts": 2}
 * </pre>
 *
 * @param configSha256 of all that the weights depend on but the champion
 * @param snapshotSha256 of what the data is read from
 * @param champion the version that training starts from; absent if it starts from random weights
 * @param warmStarts how many trainings in a row started from the one before, with this one
 */
public record Attempt(
    String configSha256, String snapshotSha256, Optional<String> champion, long warmStarts) {
  public static final String NAME = "attempt.json";
  private static final String FORMAT = "hindsight-attempt";
  private static final int VERSION = 1;

  public byte[] toJson() throws IOException {
    ObjectNode json = Json.object().put("format", FORMAT).put("format_version", VERSION);
    json.put("config_sha256", configSha256).put("snapshot_sha256", snapshotSha256);
    json.put("champion", champion.orElse(null));
    json.put("warm_starts", warmStarts);
    return Json.pretty(json);
  }

  /**
   * Reads the file.
   *
   * @throws io.hindsight.driver.model.ModelException if it is none
   */
  public static Attempt parse(byte[] bytes, String where) {
    JsonNode json = Json.parse(bytes, where);
    Json.requireVersion(json, FORMAT, VERSION, where);
    return new Attempt(
        Json.text(json, "config_sha256", where),
        Json.text(json, "snapshot_sha256", where),
        json.path("champion").isNull()
            ? Optional.empty()
            : Optional.of(Json.text(json, "champion", where)),
        Json.integer(json, "warm_starts", where));
  }
}
