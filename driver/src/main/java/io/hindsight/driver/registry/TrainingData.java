package io.hindsight.driver.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.profile.DataProfile;
import io.hindsight.datasets.profile.ProfileJson;
import io.hindsight.driver.model.Json;
import io.hindsight.driver.model.ModelDescription;
import java.io.IOException;
import java.util.Optional;

/**
 * What a version was trained on: {@code data.json}.
 *
 * <pre>
 * {"format": "hindsight-data", "format_version": 2, "fingerprint": "…", "config_sha256": "…",
 *  "source": {…}, "profile": {…}}
 * </pre>
 *
 * @param fingerprint identifies the data
 * @param configSha256 identifies what of the configuration decides the result
 * @param source where and when the data was read; opaque here, without secrets
 * @param profile what the rows of its table held; absent, and its field too, where there is no
 *     table or nobody looked
 */
public record TrainingData(
    String fingerprint, String configSha256, ObjectNode source, Optional<DataProfile> profile) {
  static final String NAME = "data.json";
  private static final String FORMAT = "hindsight-data";
  private static final int VERSION = 2;

  /** What a model itself tells. */
  public static TrainingData of(ModelDescription model) {
    return new TrainingData(
        model.dataFingerprint(), model.configSha256(), Json.object(), Optional.empty());
  }

  byte[] toJson() throws IOException {
    ObjectNode json = Json.object().put("format", FORMAT).put("format_version", VERSION);
    json.put("fingerprint", fingerprint).put("config_sha256", configSha256);
    json.set("source", source);
    profile.ifPresent(known -> json.set("profile", ProfileJson.write(known)));
    return Json.pretty(json);
  }

  /**
   * Reads the file.
   *
   * @throws io.hindsight.driver.model.ModelException if it is none
   */
  static TrainingData parse(byte[] bytes, String where) {
    JsonNode json = Json.parse(bytes, where);
    Json.requireVersion(json, FORMAT, VERSION, where);
    return new TrainingData(
        Json.text(json, "fingerprint", where),
        Json.text(json, "config_sha256", where),
        (ObjectNode) Json.object(json, "source", where),
        json.has("profile") ? Optional.of(profile(json, where)) : Optional.empty());
  }

  private static DataProfile profile(JsonNode json, String where) {
    try {
      return ProfileJson.read(Json.object(json, "profile", where));
    } catch (IllegalArgumentException e) {
      throw Json.corrupt(where, "holds no profile of its data: " + e.getMessage());
    }
  }
}
