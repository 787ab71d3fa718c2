package io.hindsight.driver.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.model.ModelException.Kind;
import io.hindsight.driver.storage.Storage;
import io.hindsight.driver.storage.Storage.FileDigest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * {@code MANIFEST.json}: the length and SHA-256 of every other file of a directory. It is written
 * last, so its presence says that the directory is complete. There is one form of it for the same
 * files, to the byte: nothing holds its hash, and no change of it may pass.
 *
 * <pre>
 * {"format": "hindsight-manifest", "format_version": 1,
 *  "files": {name: {"length": bytes, "sha256": "64 hexadecimal digits"}, …}}
 * </pre>
 *
 * @param files by bare file name
 */
record Manifest(SortedMap<String, FileDigest> files) {
  static final String NAME = Storage.COMMIT;
  private static final String FORMAT = "hindsight-manifest";
  private static final int VERSION = 1;

  /** Letters, digits, dots, dashes and underscores; no separator can hide in it, nor "..". */
  private static final Pattern BARE_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

  static boolean isBareName(String name) {
    return BARE_NAME.matcher(name).matches();
  }

  byte[] toJson() throws IOException {
    ObjectNode json = Json.object().put("format", FORMAT).put("format_version", VERSION);
    ObjectNode entries = json.putObject("files");
    files.forEach(
        (name, entry) ->
            entries.putObject(name).put("length", entry.length()).put("sha256", entry.sha256()));
    return Json.pretty(json);
  }

  static Manifest parse(byte[] bytes, String where) throws IOException {
    JsonNode json = Json.parse(bytes, where);
    Json.requireVersion(json, FORMAT, VERSION, where);
    SortedMap<String, FileDigest> files = new TreeMap<>();
    for (Map.Entry<String, JsonNode> file : Json.object(json, "files", where).properties()) {
      String name = file.getKey();
      if (!isBareName(name) || name.equals(NAME)) {
        throw new ModelException(
            Kind.BAD_NAME,
            "%s must name files of its own directory, but names '%s'".formatted(where, name));
      }
      String place = where + ", file '" + name + "',";
      String sha256 = Json.text(file.getValue(), "sha256", place);
      files.put(name, new FileDigest(Json.integer(file.getValue(), "length", place), sha256));
    }
    Manifest manifest = new Manifest(files);
    if (!Arrays.equals(manifest.toJson(), bytes)) {
      throw Json.corrupt(where, "says what it must in another form than it is written in");
    }
    return manifest;
  }
}
