package io.hindsight.driver.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.model.Json;
import io.hindsight.driver.storage.Storage;
import io.hindsight.driver.storage.Storage.FileDigest;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The {@code MANIFEST.json} of a version, written last. It holds the hash of the model's own
 * manifest, which holds those of the weights: so one hash stands for all.
 *
 * <pre>
 * {"format": "hindsight-version", "format_version": 1, "version": "…",
 *  "published": "2026-11-03T10:00:00Z", "lease": 12, "weights_sha256": "…",
 *  "parameters": 16900, "bytes": 140022,
 *  "files": {"model/MANIFEST.json": {"length": bytes, "sha256": "…"}, …}}
 * </pre>
 *
 * @param version its name
 * @param published by the clock of the machine, for people
 * @param lease the fencing number of the lease that it was published under: gives the order
 * @param weightsSha256 hash of the weights
 * @param parameters number of weights
 * @param bytes of the model's files
 * @param files by name
 */
record VersionManifest(
    String version,
    Instant published,
    long lease,
    String weightsSha256,
    long parameters,
    long bytes,
    SortedMap<String, FileDigest> files) {
  static final String NAME = Storage.COMMIT;
  static final String MODEL = "model";
  static final String MODEL_MANIFEST = MODEL + "/" + Storage.COMMIT;
  private static final String FORMAT = "hindsight-version";
  private static final int FORMAT_VERSION = 1;
  private static final Pattern FILE =
      Pattern.compile("model/MANIFEST\\.json|[A-Za-z0-9_-][A-Za-z0-9._-]*");

  VersionManifest {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  byte[] toJson() throws IOException {
    ObjectNode json = Json.object().put("format", FORMAT).put("format_version", FORMAT_VERSION);
    json.put("version", version).put("published", published.toString()).put("lease", lease);
    json.put("weights_sha256", weightsSha256).put("parameters", parameters).put("bytes", bytes);
    ObjectNode entries = json.putObject("files");
    files.forEach(
        (name, file) ->
            entries.putObject(name).put("length", file.length()).put("sha256", file.sha256()));
    return Json.pretty(json);
  }

  /**
   * Reads the file.
   *
   * @throws io.hindsight.driver.model.ModelException if it is none
   */
  static VersionManifest parse(byte[] bytes, String where) throws IOException {
    JsonNode json = Json.parse(bytes, where);
    Json.requireVersion(json, FORMAT, FORMAT_VERSION, where);
    VersionManifest manifest =
        new VersionManifest(
            Fields.id(json, "version", where),
            Fields.instant(json, "published", where),
            Json.integer(json, "lease", where),
            Fields.sha256(json, "weights_sha256", where),
            Json.integer(json, "parameters", where),
            Json.integer(json, "bytes", where),
            files(Json.object(json, "files", where), where));
    for (String name : new String[] {MODEL_MANIFEST, Blessing.FILE, TrainingData.NAME}) {
      if (!manifest.files().containsKey(name)) {
        throw Json.corrupt(where, "must name '" + name + "', but does not");
      }
    }
    Fields.requireForm(manifest.toJson(), bytes, where);
    return manifest;
  }

  private static SortedMap<String, FileDigest> files(JsonNode json, String where) {
    SortedMap<String, FileDigest> files = new TreeMap<>();
    for (Map.Entry<String, JsonNode> file : json.properties()) {
      String name = file.getKey();
      if (!FILE.matcher(name).matches() || name.equals(NAME)) {
        throw Json.corrupt(where, "must name files of its own directory, but names '" + name + "'");
      }
      String place = where + ", file '" + name + "',";
      long length = Json.integer(file.getValue(), "length", place);
      files.put(name, new FileDigest(length, Fields.sha256(file.getValue(), "sha256", place)));
    }
    return files;
  }
}
