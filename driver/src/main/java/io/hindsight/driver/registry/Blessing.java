package io.hindsight.driver.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.model.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the gates said of a version: {@code blessing.json}, written always.
 *
 * <pre>
 * {"format": "hindsight-blessing", "format_version": 1, "blessed": true, "reasons": ["…"],
 *  "checks": [{"name": "…", "value": 0.31, "limit": 0.35, "passed": true}],
 *  "candidate": {…}, "champion": {…}, "holdout": {…}}
 * </pre>
 *
 * <p>NaN and infinities are texts.
 *
 * @param blessed whether it may become the champion
 * @param reasons for people
 * @param checks everything that was measured, passed or not
 * @param candidate what was measured of this version; opaque here
 * @param champion what was measured of the champion of that time; opaque here
 * @param holdout the data that both were measured on; opaque here
 */
public record Blessing(
    boolean blessed,
    List<String> reasons,
    List<Check> checks,
    ObjectNode candidate,
    ObjectNode champion,
    ObjectNode holdout) {
  /** The name of the file. */
  public static final String FILE = "blessing.json";

  private static final String FORMAT = "hindsight-blessing";
  private static final int VERSION = 1;

  /**
   * One figure beside its limit.
   *
   * @param name what was measured
   * @param value what it came to
   * @param limit the least or the most that passes, as the name tells
   * @param passed whether it does
   */
  public record Check(String name, double value, double limit, boolean passed) {}

  public Blessing {
    reasons = List.copyOf(reasons);
    checks = List.copyOf(checks);
  }

  /** Of a model that comes from elsewhere. */
  public static Blessing imported() {
    return new Blessing(
        false,
        List.of("imported: no gate has judged it"),
        List.of(),
        Json.object(),
        Json.object(),
        Json.object());
  }

  /** The content of the file. */
  public byte[] toJson() throws IOException {
    ObjectNode json = Json.object().put("format", FORMAT).put("format_version", VERSION);
    json.put("blessed", blessed);
    reasons.forEach(json.putArray("reasons")::add);
    var array = json.putArray("checks");
    for (Check check : checks) {
      ObjectNode node = array.addObject().put("name", check.name());
      Json.put(node, "value", check.value());
      Json.put(node, "limit", check.limit());
      node.put("passed", check.passed());
    }
    json.set("candidate", candidate);
    json.set("champion", champion);
    json.set("holdout", holdout);
    return Json.pretty(json);
  }

  /**
   * Reads the file.
   *
   * @throws io.hindsight.driver.model.ModelException if it is none
   */
  public static Blessing parse(byte[] bytes, String where) {
    JsonNode json = Json.parse(bytes, where);
    Json.requireVersion(json, FORMAT, VERSION, where);
    List<Check> checks = new ArrayList<>();
    for (JsonNode check : Fields.array(json, "checks", where)) {
      checks.add(
          new Check(
              Json.text(check, "name", where),
              number(check.path("value"), where),
              number(check.path("limit"), where),
              Fields.truth(check, "passed", where)));
    }
    return new Blessing(
        Fields.truth(json, "blessed", where),
        Fields.texts(json, "reasons", where),
        checks,
        (ObjectNode) Json.object(json, "candidate", where),
        (ObjectNode) Json.object(json, "champion", where),
        (ObjectNode) Json.object(json, "holdout", where));
  }

  private static double number(JsonNode value, String where) {
    if (value.isNumber()) {
      return value.doubleValue();
    }
    return switch (value.asText()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw Json.corrupt(where, "needs a number in a check, but has " + value);
    };
  }
}
