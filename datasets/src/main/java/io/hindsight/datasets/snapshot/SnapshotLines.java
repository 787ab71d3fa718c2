package io.hindsight.datasets.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Iterator;

/**
 * The form in which a snapshot is stored: a line of JSON on the source, and one for each file.
 *
 * <pre>
 * {"format": "hindsight-source", "format_version": 1, "source": "/data/*.csv", "kind": "files", "files": 2}
 * {"file": "file:/data/a.csv", "length": 1200, "modified": "2026-11-27T06:00:00.123Z"}
 * {"file": "file:/data/b.csv", …}
 *
 * {"format": …, "source": "/lake/loads", "kind": "version", "table": "delta", "version": "12"}
 *
 * {"format": …, "source": "source 'jdbc'", "kind": "unknown"}
 * </pre>
 *
 * <p>Files stand in {@link SourceFile#ORDER}, so that they are compared as they are read.
 */
final class SnapshotLines {
  private static final String FORMAT = "hindsight-source";
  private static final int VERSION = 1;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * The first line.
   *
   * @param snapshot without its files
   * @param files how many lines follow
   */
  record Head(SourceSnapshot snapshot, long files) {}

  private SnapshotLines() {}

  static void write(SourceSnapshot snapshot, OutputStream out) throws IOException {
    BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 16);
    writeLine(head(snapshot), buffered);
    if (snapshot instanceof SourceFiles files) {
      for (Iterator<SourceFile> each = files.iterator(); each.hasNext(); ) {
        writeLine(line(each.next()), buffered);
      }
    }
    buffered.flush();
  }

  private static ObjectNode head(SourceSnapshot snapshot) {
    ObjectNode head = MAPPER.createObjectNode().put("format", FORMAT);
    head.put("format_version", VERSION).put("source", snapshot.source());
    if (snapshot instanceof SourceFiles files) {
      return head.put("kind", "files").put("files", files.count());
    }
    if (snapshot instanceof SourceVersion version) {
      head.put("kind", "version").put("table", version.format());
      return head.put("version", version.version());
    }
    return head.put("kind", "unknown");
  }

  private static ObjectNode line(SourceFile file) {
    return MAPPER
        .createObjectNode()
        .put("file", file.uri())
        .put("length", file.length())
        .put("modified", file.time().toString());
  }

  private static void writeLine(ObjectNode json, OutputStream out) throws IOException {
    out.write(MAPPER.writeValueAsString(json).getBytes(StandardCharsets.UTF_8));
    out.write('\n');
  }

  /**
   * Reads the first line.
   *
   * @throws IOException if it is none of this format, or of a later version
   */
  static Head head(String line) throws IOException {
    JsonNode json = MAPPER.readTree(line);
    if (!json.path("format").asText().equals(FORMAT)
        || json.path("format_version").asInt() != VERSION) {
      throw new IOException("it must begin as format %s, version %d".formatted(FORMAT, VERSION));
    }
    String source = text(json, "source");
    return switch (text(json, "kind")) {
      case "files" -> new Head(new SourceSnapshot.Unknown(source), json.path("files").asLong());
      case "version" ->
          new Head(new SourceVersion(source, text(json, "table"), text(json, "version")), 0);
      default -> new Head(new SourceSnapshot.Unknown(source), 0);
    };
  }

  /**
   * Reads a file's line.
   *
   * @throws IOException if it is none
   */
  static SourceFile file(String line) throws IOException {
    JsonNode json = MAPPER.readTree(line);
    if (!json.path("length").isIntegralNumber()) {
      throw new IOException("a file needs its length in bytes: " + line);
    }
    try {
      Instant modified = Instant.parse(text(json, "modified"));
      long length = json.get("length").longValue();
      return SourceFile.of(text(json, "file"), length, modified.toEpochMilli());
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
      throw new IOException("a file needs its URI and the time it was written: " + line, e);
    }
  }

  private static String text(JsonNode json, String field) throws IOException {
    if (!json.path(field).isTextual()) {
      throw new IOException("the text '%s' is missing: %s".formatted(field, json));
    }
    return json.get(field).textValue();
  }
}
