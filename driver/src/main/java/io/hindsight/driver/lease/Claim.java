package io.hindsight.driver.lease;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * One hold of a lease, from its creation to its release or loss.
 *
 * <pre>
 * {"format": "hindsight-lease", "format_version": 1, "state": "held" or "released", "owner": "…",
 *  "command": "train co2", "host": "…", "process": 4711, "started": "2026-11-03T10:00:00Z",
 *  "user": "…", "machine": "…", "start_ticks": 123456, "beat": 17}
 * </pre>
 *
 * <p>A claim that cannot be read, because its writer was killed in the act or is about to go on, is
 * held by nobody known.
 *
 * @param number of the claim: the fencing number
 * @param owner random, of this hold alone; empty if it cannot be read
 * @param command what the process does
 * @param started by the clock of its machine
 * @param beat grows as long as the process lives
 */
record Claim(
    long number,
    String owner,
    Holder holder,
    String command,
    String started,
    boolean isReleased,
    long beat) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORMAT = "hindsight-lease";
  private static final int VERSION = 1;

  /** A new claim of this process. */
  static Claim of(long number, String command) {
    String owner = UUID.randomUUID().toString();
    String now = Instant.now().toString();
    return new Claim(number, owner, Holder.current(), command, now, false, 0);
  }

  Claim withNumber(long other) {
    return new Claim(other, owner, holder, command, started, isReleased, beat);
  }

  Claim nextBeat() {
    return new Claim(number, owner, holder, command, started, isReleased, beat + 1);
  }

  Claim released() {
    return new Claim(number, owner, holder, command, started, true, beat + 1);
  }

  boolean isReadable() {
    return !owner.isEmpty();
  }

  boolean isOf(Claim other) {
    return number == other.number && owner.equals(other.owner);
  }

  /** Who holds it, for people. */
  String describe() {
    if (!isReadable()) {
      return "a process that has not told who it is";
    }
    return "process %d on host %s (%s, since %s%s)"
        .formatted(holder.process(), holder.host(), command, started, age());
  }

  /** How long, if the two machines' clocks make sense of it; for people, decides nothing. */
  private String age() {
    try {
      Duration age = Duration.between(Instant.parse(started), Instant.now());
      return age.isNegative() ? "" : ", " + inWords(age) + " ago";
    } catch (DateTimeException damaged) {
      return "";
    }
  }

  private static String inWords(Duration age) {
    if (age.toHours() > 0) {
      return "%d h %d min".formatted(age.toHours(), age.toMinutesPart());
    }
    return age.toMinutes() > 0 ? age.toMinutes() + " min" : age.toSeconds() + " s";
  }

  byte[] toJson() {
    ObjectNode json = JSON.createObjectNode().put("format", FORMAT).put("format_version", VERSION);
    json.put("state", isReleased ? "released" : "held").put("owner", owner);
    json.put("command", command).put("host", holder.host()).put("process", holder.process());
    json.put("started", started).put("user", holder.user()).put("machine", holder.machine());
    json.put("start_ticks", holder.startTicks()).put("beat", beat);
    return (json + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** What a file of the number says. */
  static Claim read(long number, byte[] bytes) {
    JsonNode json = parse(new String(bytes, StandardCharsets.UTF_8));
    boolean isKnown =
        json.path("format").asText().equals(FORMAT) && !json.path("owner").asText().isEmpty();
    if (!isKnown) {
      Holder nobody = new Holder("", 0, -1, "", "");
      return new Claim(number, "", nobody, "", "", false, bytes.length);
    }
    Holder holder =
        new Holder(
            json.path("host").asText(),
            json.path("process").asLong(),
            json.path("start_ticks").asLong(-1),
            json.path("machine").asText(),
            json.path("user").asText());
    return new Claim(
        number,
        json.path("owner").asText(),
        holder,
        json.path("command").asText(),
        json.path("started").asText(),
        json.path("state").asText().equals("released"),
        json.path("beat").asLong());
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException notWhole) {
      return JSON.createObjectNode();
    }
  }
}
