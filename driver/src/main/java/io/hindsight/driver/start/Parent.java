package io.hindsight.driver.start;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.DataException;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigDifferences;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.model.Json;
import io.hindsight.driver.predict.ModelBundle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The model that a run started from, as {@code parent.json} of its directory keeps it: a run that
 * goes on starts from the same, whatever a registry's champion is by then.
 *
 * <pre>
 * {"format": "hindsight-parent", "format_version": 1, "start_from": "registry",
 *  "model": "registry/versions/v7/model", "version": "v7", "weights_sha256": "…", "encoding": {…},
 *  "changed": ["training.batch was 32, is 33"]}
 * </pre>
 *
 * @param startFrom what the configuration names
 * @param model its directory
 * @param version of the registry; absent without one
 * @param weightsSha256 hash of its weights
 * @param encoding how its training data was encoded
 * @param changed what the run is configured otherwise in, of what the result depends on
 */
record Parent(
    String startFrom,
    String model,
    Optional<String> version,
    String weightsSha256,
    Encoding encoding,
    List<String> changed) {
  private static final String FORMAT = "hindsight-parent";
  private static final int VERSION = 1;
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  static Parent of(String startFrom, ModelBundle model, RunConfig config) {
    return new Parent(
        startFrom,
        model.location(),
        model.version(),
        model.stored().weightsSha256(),
        model.encoding(),
        ConfigDifferences.between(model.config(), config));
  }

  /** What a run has recorded; absent if it has not. */
  static Optional<Parent> of(RunDirectory run) throws IOException {
    return run.storage().exists(run.parent())
        ? Optional.of(parse(run.storage().read(run.parent()), run.parent()))
        : Optional.empty();
  }

  /**
   * Reads it.
   *
   * @param where the file, for errors
   * @throws io.hindsight.driver.model.ModelException if it is no such file
   */
  static Parent parse(byte[] bytes, String where) {
    JsonNode json = Json.parse(bytes, where);
    Json.requireVersion(json, FORMAT, VERSION, where);
    String hash = Json.text(json, "weights_sha256", where);
    if (!SHA256.matcher(hash).matches()) {
      throw Json.corrupt(where, "needs 'weights_sha256' as a SHA-256, but has '" + hash + "'");
    }
    return new Parent(
        Json.text(json, "start_from", where),
        Json.text(json, "model", where),
        json.has("version") ? Optional.of(Json.text(json, "version", where)) : Optional.empty(),
        hash,
        encoding(Json.object(json, "encoding", where), where),
        changed(json));
  }

  private static List<String> changed(JsonNode json) {
    List<String> changed = new ArrayList<>();
    json.path("changed").forEach(change -> changed.add(change.asText()));
    return changed;
  }

  private static Encoding encoding(JsonNode json, String where) {
    try {
      return Encoding.fromJson(json);
    } catch (DataException broken) {
      throw Json.corrupt(where, "holds no encoding: " + broken.getMessage());
    }
  }

  byte[] toJson() throws IOException {
    ObjectNode json = Json.object().put("format", FORMAT).put("format_version", VERSION);
    json.put("start_from", startFrom).put("model", model);
    version.ifPresent(id -> json.put("version", id));
    json.put("weights_sha256", weightsSha256);
    json.set("encoding", encoding.toJson());
    changed.forEach(json.putArray("changed")::add);
    return Json.pretty(json);
  }

  /** The same where another of the same weights is. */
  Parent movedTo(Parent place) {
    return new Parent(
        place.startFrom, place.model, place.version, weightsSha256, encoding, changed);
  }

  /** Which model it is, for people. */
  String describe() {
    return "%s of weights %s"
        .formatted(
            version.map(id -> "version %s, %s,".formatted(id, model)).orElse(model), weightsSha256);
  }
}
