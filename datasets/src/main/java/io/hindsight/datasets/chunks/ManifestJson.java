package io.hindsight.datasets.chunks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.DataException;
import io.hindsight.datasets.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The form of a manifest: one object of JSON, whose last field is the SHA-256 of all bytes before
 * it.
 *
 * <pre>
 * {"format":"hindsight-data","format_version":6,"fingerprint":"…","section":"…","source":[…],
 *  "encoding":{…},"parts":[…],"omissions":{…},"spacing":[…],"notes":[…],
 *  "chunks":[{"rows":…,"length":…,"sha256":"…"},…],"sha256":"64 hexadecimal digits"}
 * </pre>
 */
final class ManifestJson {
  private static final String FORMAT = "hindsight-data";
  private static final int VERSION = 6;
  private static final String LAST = ",\"sha256\":\"";
  private static final String END = "\"}\n";
  private static final int TAIL = LAST.length() + 64 + END.length(); // bytes
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  private ManifestJson() {}

  static byte[] write(DataManifest manifest) {
    ObjectNode json = MAPPER.createObjectNode().put("format", FORMAT);
    json.put("format_version", VERSION);
    json.setAll((ObjectNode) MAPPER.valueToTree(ManifestFields.of(manifest)));
    String text = json.toString();
    String begun = text.substring(0, text.length() - 1);
    String whole = begun + LAST + Sha256.of(begun.getBytes(StandardCharsets.UTF_8)) + END;
    return whole.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a manifest.
   *
   * @param where the file, for errors
   * @throws DataException if it is damaged, or of a later version
   */
  static DataManifest read(byte[] bytes, String where) {
    int begun = Math.max(0, bytes.length - TAIL);
    byte[] content = Arrays.copyOf(bytes, begun);
    String tail = new String(bytes, begun, bytes.length - begun, StandardCharsets.UTF_8);
    if (!tail.equals(LAST + Sha256.of(content) + END)) {
      throw ChunkIndex.damaged("a manifest with another checksum", where);
    }
    return parse(bytes, where);
  }

  /** The same whatever the checksum. */
  static DataManifest parse(byte[] bytes, String where) {
    try {
      JsonNode json = MAPPER.readTree(bytes);
      if (!(json instanceof ObjectNode object) || !object.path("format").asText().equals(FORMAT)) {
        throw ChunkIndex.damaged("another kind of file", where);
      }
      ChunkIndex.requireVersion(object.path("format_version").asInt(), VERSION, where);
      object.remove(List.of("format", "format_version", "sha256"));
      return fields(object, where);
    } catch (IOException e) { // also bytes of no characters
      throw ChunkIndex.damaged("no JSON", where);
    }
  }

  private static DataManifest fields(ObjectNode json, String where) {
    try {
      return MAPPER.treeToValue(json, ManifestFields.class).manifest();
    } catch (JsonProcessingException | RuntimeException e) {
      throw new DataException(
          "stored data must be as it was written",
          "a manifest with other fields",
          where,
          "delete the folder, and it is made again from the source",
          e);
    }
  }
}
