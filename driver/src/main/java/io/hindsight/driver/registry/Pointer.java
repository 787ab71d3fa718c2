package io.hindsight.driver.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.model.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One entry of the log of a registry. It holds the whole state after it, so the newest one is all
 * that a reader needs: which version is the champion, and which are pinned.
 *
 * <pre>
 * pointer/00000007.json
 * {"format": "hindsight-pointer", "format_version": 1, "number": 7, "follows": 6,
 *  "kind": "promoted", "version": "…", "manifest_sha256": "…", "previous": "…" or null,
 *  "pinned": ["…"], "subjects": ["…"], "reason": "…", "at": "2026-11-03T10:00:00Z",
 *  "user": "…", "host": "…", "process": 4711, "command": "promote", "lease": 12}
 * </pre>
 *
 * @param follows the number of the entry whose state it changed; 0 for the first
 * @param kind why it was written
 * @param version the champion
 * @param manifestSha256 of the champion's {@code MANIFEST.json}
 * @param previous the champion before; absent for the first entry
 * @param pinned the versions that are pinned, in order
 * @param subjects the versions that the entry is about
 * @param reason for people; may be empty
 * @param signature when and by whom it was written
 */
public record Pointer(
    long follows,
    PointerKind kind,
    String version,
    String manifestSha256,
    Optional<String> previous,
    List<String> pinned,
    List<String> subjects,
    String reason,
    Signature signature) {
  private static final String FORMAT = "hindsight-pointer";
  private static final int VERSION = 1;

  /**
   * When and by whom an entry was written.
   *
   * @param number of the entry, from 1; that of its file
   * @param at by the clock of the machine, for people: numbers alone give the order
   * @param author who wrote it
   * @param command what wrote it
   * @param lease the fencing number of the lease that it was written under
   */
  public record Signature(long number, Instant at, Author author, String command, long lease) {}

  public Pointer {
    pinned = pinned.stream().sorted().distinct().toList();
    subjects = List.copyOf(subjects);
  }

  /** Whether the champion is pinned, so that nothing is promoted in its place. */
  public boolean isChampionPinned() {
    return pinned.contains(version);
  }

  /** The first entry. */
  static Pointer first(PointerKind kind, Version version, String reason, Signature signature) {
    return new Pointer(
        0,
        kind,
        version.id(),
        version.manifestSha256(),
        Optional.empty(),
        List.of(),
        List.of(version.id()),
        reason,
        signature);
  }

  /** The entry that makes another version the champion. */
  Pointer next(PointerKind kind, Version champion, String reason, Signature signature) {
    return new Pointer(
        number(),
        kind,
        champion.id(),
        champion.manifestSha256(),
        Optional.of(version),
        pinned,
        List.of(champion.id()),
        reason,
        signature);
  }

  /** The entry that leaves the champion as it is. */
  Pointer next(
      PointerKind kind, List<String> pins, List<String> about, String reason, Signature signature) {
    return new Pointer(
        number(),
        kind,
        version,
        manifestSha256,
        Optional.of(version),
        pins,
        about,
        reason,
        signature);
  }

  /** The number of its file, from 1; higher ones are later. */
  public long number() {
    return signature.number();
  }

  /** When it was written, by the clock of the machine. */
  public Instant at() {
    return signature.at();
  }

  /** Who wrote it. */
  public Author author() {
    return signature.author();
  }

  byte[] toJson() throws IOException {
    ObjectNode json = Json.object().put("format", FORMAT).put("format_version", VERSION);
    json.put("number", number()).put("follows", follows).put("kind", kind.word());
    json.put("version", version).put("manifest_sha256", manifestSha256);
    json.put("previous", previous.orElse(null));
    pinned.forEach(json.putArray("pinned")::add);
    subjects.forEach(json.putArray("subjects")::add);
    json.put("reason", reason).put("at", at().toString());
    json.put("user", author().user()).put("host", author().host());
    json.put("process", author().process()).put("command", signature.command());
    json.put("lease", signature.lease());
    return Json.pretty(json);
  }

  /** Whether the writer has come to the end; one that was killed leaves a part, or nothing. */
  static boolean isWhole(byte[] bytes) {
    int length = bytes.length;
    return length > 1 && bytes[length - 2] == '}' && bytes[length - 1] == '\n';
  }

  /**
   * Reads an entry.
   *
   * @param number that its file has
   * @throws io.hindsight.driver.model.ModelException if it is none
   */
  static Pointer parse(byte[] bytes, long number, String where) throws IOException {
    JsonNode json = Json.parse(bytes, where);
    Json.requireVersion(json, FORMAT, VERSION, where);
    Pointer pointer =
        new Pointer(
            Json.integer(json, "follows", where),
            kind(Json.text(json, "kind", where), where),
            Fields.id(json, "version", where),
            Fields.sha256(json, "manifest_sha256", where),
            Fields.optionalId(json, "previous", where),
            Fields.ids(json, "pinned", where),
            Fields.ids(json, "subjects", where),
            Json.text(json, "reason", where),
            signature(json, where));
    pointer.requireNumbers(number, where);
    Fields.requireForm(pointer.toJson(), bytes, where);
    return pointer;
  }

  private static Signature signature(JsonNode json, String where) {
    return new Signature(
        Json.integer(json, "number", where),
        Fields.instant(json, "at", where),
        new Author(
            Json.text(json, "user", where),
            Json.text(json, "host", where),
            Json.integer(json, "process", where)),
        Json.text(json, "command", where),
        Json.integer(json, "lease", where));
  }

  private void requireNumbers(long file, String where) {
    if (number() != file || follows >= number() || (follows == 0) == previous.isPresent()) {
      throw Json.corrupt(
          where,
          "must be entry %d after an earlier one, but says that it is entry %d after %d"
              .formatted(file, number(), follows));
    }
  }

  private static PointerKind kind(String word, String where) {
    for (PointerKind kind : PointerKind.values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw Json.corrupt(where, "has the unknown kind '" + word + "'");
  }
}
