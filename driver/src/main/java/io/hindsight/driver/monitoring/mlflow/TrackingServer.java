package io.hindsight.driver.monitoring.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What runs need of MLflow's REST interface, version 2.0, within its limits.
 *
 * @see <a href="https://mlflow.org/docs/latest/rest-api.html">the interface</a>
 */
final class TrackingServer {
  /** Metrics of a batch at most. */
  static final int MOST_METRICS = 1000;

  /** Parameters or tags of a batch at most. */
  static final int MOST_TEXTS = 100;

  private static final int MOST_PAGES = 100;
  private static final int LONGEST_KEY = 250; // characters
  private static final int LONGEST_VALUE = 500; // of a parameter
  private static final String SERVED = "mlflow-artifacts:";
  private static final String ABSENT = "RESOURCE_DOES_NOT_EXIST";
  private static final String PRESENT = "RESOURCE_ALREADY_EXISTS";

  private final RestClient client;

  TrackingServer(RestClient client) {
    this.client = client;
  }

  /** The number of an experiment, which is made if there is none of its name. */
  String experiment(String name) throws IOException {
    Optional<String> known = known(name);
    if (known.isPresent()) {
      return known.get();
    }
    try {
      ObjectNode body = object().put("name", name);
      return client.post("mlflow/experiments/create", body).path("experiment_id").asText();
    } catch (MlflowException refused) {
      if (refused.is(PRESENT)) { // made by another meanwhile
        return known(name).orElseThrow(() -> refused);
      }
      throw refused;
    }
  }

  private Optional<String> known(String name) throws IOException {
    String query = "?experiment_name=" + encoded(name);
    try {
      JsonNode found = client.get("mlflow/experiments/get-by-name" + query);
      return Optional.of(found.at("/experiment/experiment_id").asText());
    } catch (MlflowException refused) {
      if (refused.is(ABSENT)) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  /** Begins a run. */
  RunRecord begin(String experiment, String name, long startMillis) throws IOException {
    ObjectNode body = object().put("experiment_id", experiment).put("run_name", name);
    body.put("start_time", startMillis);
    body.putArray("tags").addObject().put("key", "mlflow.runName").put("value", name);
    JsonNode info = client.post("mlflow/runs/create", body).at("/run/info");
    return new RunRecord(info.path("run_id").asText(), info.path("artifact_uri").asText());
  }

  /** Tells how a run is: {@code RUNNING FINISHED FAILED KILLED}. */
  void update(String run, String status, Optional<Long> endMillis) throws IOException {
    ObjectNode body = object().put("run_id", run).put("status", status);
    endMillis.ifPresent(at -> body.put("end_time", at));
    client.post("mlflow/runs/update", body);
  }

  /** Adds figures, at most {@link #MOST_METRICS}. */
  void metrics(String run, List<Figure> figures) throws IOException {
    ObjectNode body = object().put("run_id", run);
    ArrayNode all = body.putArray("metrics");
    for (Figure figure : figures) {
      ObjectNode one = all.addObject().put("key", key(figure.name()));
      one.put("timestamp", figure.millis()).put("step", figure.step());
      if (Double.isFinite(figure.value())) {
        one.put("value", figure.value());
      } else {
        one.put("value", Double.toString(figure.value())); // as JSON of protocol buffers has it
      }
    }
    client.post("mlflow/runs/log-batch", body);
  }

  /** Adds parameters, of long ones the beginning. */
  void parameters(String run, Map<String, String> values) throws IOException {
    texts(run, "params", values, LONGEST_VALUE);
  }

  /** Adds tags, or replaces them. */
  void tags(String run, Map<String, String> values) throws IOException {
    texts(run, "tags", values, Integer.MAX_VALUE);
  }

  private void texts(String run, String kind, Map<String, String> values, int longest)
      throws IOException {
    List<Map.Entry<String, String>> all = List.copyOf(values.entrySet());
    Set<String> used = new HashSet<>();
    for (int from = 0; from < all.size(); from += MOST_TEXTS) {
      ObjectNode body = object().put("run_id", run);
      ArrayNode texts = body.putArray(kind);
      for (Map.Entry<String, String> each :
          all.subList(from, Math.min(all.size(), from + MOST_TEXTS))) {
        String value = each.getValue();
        texts
            .addObject()
            .put("key", unused(key(each.getKey()), used))
            .put("value", value.substring(0, Math.min(longest, value.length())));
      }
      client.post("mlflow/runs/log-batch", body);
    }
  }

  /** A batch that holds a name twice is refused, and names in other scripts may look alike here. */
  private static String unused(String key, Set<String> used) {
    String name = key;
    for (int next = 2; !used.add(name); next++) {
      String end = "_" + next;
      name = key.substring(0, Math.min(LONGEST_KEY - end.length(), key.length())) + end;
    }
    return name;
  }

  /** Names hold letters, digits and some signs only. */
  private static String key(String name) {
    String clean = name.replaceAll("[^a-zA-Z0-9_./ -]", "_");
    return clean.substring(0, Math.min(LONGEST_KEY, clean.length()));
  }

  /** Whether a run's files are taken by the server itself. */
  static boolean takesFiles(RunRecord run) {
    return run.artifacts().startsWith(SERVED);
  }

  /** Adds a file to a run. */
  void file(RunRecord run, String name, byte[] content) throws IOException {
    String folder = run.artifacts().substring(SERVED.length()).replaceFirst("^/*", "");
    client.put("mlflow-artifacts/artifacts/" + folder + "/" + name, content);
  }

  /**
   * The version of a registered model that a run has made, where there is one already.
   *
   * @return its number
   */
  Optional<String> version(String model, RunRecord run) throws IOException {
    return firstVersion(
        "run_id='" + run.id() + "'", version -> version.path("name").asText().equals(model));
  }

  /**
   * The version of a registered model that has a tag, where there is one.
   *
   * @return its number
   */
  Optional<String> version(String model, String key, String value) throws IOException {
    String quote = model.contains("'") ? "\"" : "'";
    return firstVersion("name=" + quote + model + quote, version -> hasTag(version, key, value));
  }

  private static boolean hasTag(JsonNode version, String key, String value) {
    for (JsonNode tag : version.path("tags")) {
      if (tag.path("key").asText().equals(key) && tag.path("value").asText().equals(value)) {
        return true;
      }
    }
    return false;
  }

  /** Servers list some at a time; one that never comes to an end is not asked for ever. */
  private Optional<String> firstVersion(String filter, Predicate<JsonNode> wanted)
      throws IOException {
    String query = "mlflow/model-versions/search?filter=" + encoded(filter);
    String page = "";
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      JsonNode found = client.get(query + (page.isEmpty() ? "" : "&page_token=" + encoded(page)));
      for (JsonNode version : found.path("model_versions")) {
        if (wanted.test(version)) {
          return Optional.of(version.path("version").asText());
        }
      }
      page = found.path("next_page_token").asText();
      if (page.isEmpty()) {
        return Optional.empty();
      }
    }
    throw new IOException("its versions do not end, in %d pages".formatted(MOST_PAGES));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /**
   * Makes a version of a registered model, and the model if there is none of its name.
   *
   * @return its number
   */
  String newVersion(String model, RunRecord run, Map<String, String> tags) throws IOException {
    try {
      client.post("mlflow/registered-models/create", object().put("name", model));
    } catch (MlflowException refused) {
      if (!refused.is(PRESENT)) {
        throw refused;
      }
    }
    ObjectNode body = object().put("name", model).put("run_id", run.id());
    body.put("source", run.artifacts() + "/model");
    ArrayNode all = body.putArray("tags");
    tags.forEach((key, value) -> all.addObject().put("key", key(key)).put("value", value));
    return client.post("mlflow/model-versions/create", body).at("/model_version/version").asText();
  }

  /** Lets a name mean a version, and no other any more. */
  void alias(String model, String alias, String version) throws IOException {
    client.post(
        "mlflow/registered-models/alias",
        object().put("name", model).put("alias", alias).put("version", version));
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
