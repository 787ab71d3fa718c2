package io.hindsight.driver.monitoring.mlflow;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A server that holds each call to the rules of MLflow's REST interface: fields that must be there,
 * their types, limits, states. What breaks one is kept in {@link #broken}. It can fail, hang, and
 * refuse.
 */
public final class TrackingServerRules implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String API = "/api/2.0/";

  /** How it answers. */
  public enum Mood {
    WELL,
    FAULTY,
    BUSY,
    HANGS,
    DRIPS,
    FORBIDS
  }

  /** A run. */
  public static final class Run {
    public final String id;
    public final String experiment;
    public String status = "RUNNING";
    public final Map<String, String> params = new TreeMap<>();
    public final Map<String, String> tags = new TreeMap<>();
    public final Map<String, Map<Long, List<Double>>> metrics = new TreeMap<>();
    public final Map<String, byte[]> files = new TreeMap<>();

    Run(String id, String experiment) {
      this.id = id;
      this.experiment = experiment;
    }
  }

  public final List<String> broken = new ArrayList<>();
  public final List<String> calls = new ArrayList<>();
  public final Map<String, String> experiments = new LinkedHashMap<>();
  public final Map<String, Run> runs = new LinkedHashMap<>();
  public final Map<String, List<JsonNode>> versions = new TreeMap<>();
  public final Map<String, String> aliases = new TreeMap<>();
  public volatile Mood mood = Mood.WELL;
  public volatile String token; // wanted; null for none
  public volatile boolean servesFiles = true;

  private static final int VERSIONS_OF_PAGE = 2;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  public TrackingServerRules() throws IOException {
    this(0);
  }

  /** At a port, to come back where it was. */
  public TrackingServerRules(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String address() {
    return "http://127.0.0.1:" + port();
  }

  public Run onlyRun() {
    synchronized (this) {
      if (runs.size() != 1) {
        throw new AssertionError(runs.size() + " runs: " + calls);
      }
      return runs.values().iterator().next();
    }
  }

  private void handle(HttpExchange call) throws IOException {
    try (call) {
      byte[] body = call.getRequestBody().readAllBytes();
      String path = call.getRequestURI().getPath();
      synchronized (this) {
        calls.add(call.getRequestMethod() + " " + path);
      }
      if (!path.startsWith(API)) {
        broken("no path of the interface: " + path);
      }
      if (!mood(call)) {
        answer(call, path.substring(API.length()), body);
      }
    }
  }

  /** Whether it has answered, or never will. */
  private boolean mood(HttpExchange call) throws IOException {
    switch (mood) {
      case FAULTY -> send(call, 500, JSON.createObjectNode().put("error_code", "INTERNAL_ERROR"));
      case BUSY -> send(call, 429, JSON.createObjectNode().put("error_code", "REQUEST_LIMIT"));
      case FORBIDS ->
          send(call, 403, JSON.createObjectNode().put("message", "you may not do that"));
      case HANGS -> pause(60_000);
      case DRIPS -> {
        call.sendResponseHeaders(200, 1000);
        for (int i = 0; i < 1000 && mood == Mood.DRIPS; i++) {
          call.getResponseBody().write(' ');
          call.getResponseBody().flush();
          pause(100);
        }
      }
      case WELL -> {
        return false;
      }
    }
    return true;
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void answer(HttpExchange call, String path, byte[] body) throws IOException {
    String authorization = call.getRequestHeaders().getFirst("Authorization");
    if (token != null && !("Bearer " + token).equals(authorization)) {
      send(call, 401, JSON.createObjectNode().put("message", "who are you?"));
      return;
    }
    if (body.length > 1 << 20) {
      broken(path + " has " + body.length + " bytes");
    }
    if (call.getRequestMethod().equals("PUT")) {
      file(call, path, body);
      return;
    }
    boolean gets = call.getRequestMethod().equals("GET");
    JsonNode json = gets ? query(call) : JSON.readTree(body);
    switch ((gets ? "GET " : "POST ") + path) {
      case "GET mlflow/experiments/get-by-name" -> experimentByName(call, json);
      case "POST mlflow/experiments/create" -> createExperiment(call, json);
      case "POST mlflow/runs/create" -> createRun(call, json);
      case "POST mlflow/runs/update" -> update(call, json);
      case "POST mlflow/runs/log-batch" -> logBatch(call, json);
      case "POST mlflow/registered-models/create" -> createModel(call, json);
      case "GET mlflow/model-versions/search" -> search(call, json);
      case "POST mlflow/model-versions/create" -> createVersion(call, json);
      case "POST mlflow/registered-models/alias" -> {
        String model = text(json, "name");
        aliases.put(model + "@" + text(json, "alias"), text(json, "version"));
        send(call, 200, JSON.createObjectNode());
      }
      default -> {
        broken("no such call: " + call.getRequestMethod() + " " + path);
        send(call, 404, JSON.createObjectNode().put("error_code", "ENDPOINT_NOT_FOUND"));
      }
    }
  }

  private static JsonNode query(HttpExchange call) {
    ObjectNode json = JSON.createObjectNode();
    for (String part : call.getRequestURI().getRawQuery().split("&")) {
      int equals = part.indexOf('=');
      json.put(
          part.substring(0, equals),
          URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return json;
  }

  private void experimentByName(HttpExchange call, JsonNode json) throws IOException {
    String id = experiments.get(text(json, "experiment_name"));
    if (id == null) {
      send(call, 404, JSON.createObjectNode().put("error_code", "RESOURCE_DOES_NOT_EXIST"));
    } else {
      ObjectNode answer = JSON.createObjectNode();
      answer.putObject("experiment").put("experiment_id", id);
      send(call, 200, answer);
    }
  }

  private void createExperiment(HttpExchange call, JsonNode json) throws IOException {
    String id = String.valueOf(experiments.size() + 1);
    if (experiments.putIfAbsent(text(json, "name"), id) != null) {
      broken("the experiment is there already");
    }
    send(call, 200, JSON.createObjectNode().put("experiment_id", id));
  }

  private void createRun(HttpExchange call, JsonNode json) throws IOException {
    String experiment = text(json, "experiment_id");
    if (!experiments.containsValue(experiment)) {
      broken("no experiment " + experiment);
    }
    whole(json, "start_time");
    text(json, "run_name");
    Run run = new Run("run" + (runs.size() + 1) + "x".repeat(28), experiment);
    runs.put(run.id, run);
    json.path("tags").forEach(tag -> run.tags.put(text(tag, "key"), text(tag, "value")));
    ObjectNode answer = JSON.createObjectNode();
    ObjectNode info = answer.putObject("run").putObject("info");
    info.put("run_id", run.id);
    String scheme = servesFiles ? "mlflow-artifacts:/" : "s3://bucket/";
    info.put("artifact_uri", scheme + experiment + "/" + run.id + "/artifacts");
    send(call, 200, answer);
  }

  private Run run(JsonNode json) {
    Run run = runs.get(text(json, "run_id"));
    if (run == null) {
      throw new IllegalStateException("no such run: " + json);
    }
    return run;
  }

  private void update(HttpExchange call, JsonNode json) throws IOException {
    Run run = run(json);
    run.status = text(json, "status");
    if (!List.of("RUNNING", "FINISHED", "FAILED", "KILLED").contains(run.status)) {
      broken("status " + run.status);
    }
    if (!run.status.equals("RUNNING")) {
      whole(json, "end_time");
    }
    send(call, 200, JSON.createObjectNode());
  }

  private void logBatch(HttpExchange call, JsonNode json) throws IOException {
    Run run = run(json);
    if (json.path("metrics").size() > 1000
        || json.path("params").size() > 100
        || json.path("tags").size() > 100
        || json.path("metrics").size() + json.path("params").size() + json.path("tags").size()
            > 1000) {
      broken("a batch is too large");
    }
    for (JsonNode metric : json.path("metrics")) {
      whole(metric, "timestamp");
      double value =
          metric.path("value").isTextual()
              ? Double.parseDouble(metric.path("value").textValue())
              : metric.path("value").doubleValue();
      if (!metric.has("value")) {
        broken("a metric has no value");
      }
      run.metrics
          .computeIfAbsent(key(metric), name -> new TreeMap<>())
          .computeIfAbsent(whole(metric, "step"), step -> new ArrayList<>())
          .add(value);
    }
    for (JsonNode param : json.path("params")) {
      String value = text(param, "value");
      if (value.length() > 500) {
        broken("a parameter of " + value.length() + " characters");
      }
      String before = run.params.put(key(param), value);
      if (before != null && !before.equals(value)) {
        broken("a parameter is changed: " + param);
      }
    }
    json.path("tags").forEach(tag -> run.tags.put(key(tag), text(tag, "value")));
    send(call, 200, JSON.createObjectNode());
  }

  private String key(JsonNode json) {
    String key = text(json, "key");
    if (!key.matches("[\\w./ -]{1,250}")) {
      broken("a key is " + key);
    }
    return key;
  }

  private void createModel(HttpExchange call, JsonNode json) throws IOException {
    if (versions.putIfAbsent(text(json, "name"), new ArrayList<>()) != null) {
      send(call, 400, JSON.createObjectNode().put("error_code", "RESOURCE_ALREADY_EXISTS"));
    } else {
      send(call, 200, JSON.createObjectNode());
    }
  }

  private void search(HttpExchange call, JsonNode json) throws IOException {
    String filter = text(json, "filter");
    List<JsonNode> found =
        versions.values().stream()
            .flatMap(List::stream)
            .filter(version -> isMeant(filter, version))
            .sorted(comparing(version -> -version.path("version").asInt()))
            .toList();
    int from = json.has("page_token") ? Integer.parseInt(text(json, "page_token")) : 0;
    int to = Math.min(from + VERSIONS_OF_PAGE, found.size());
    ObjectNode answer = JSON.createObjectNode();
    found.subList(from, to).forEach(answer.putArray("model_versions")::add);
    if (to < found.size()) {
      answer.put("next_page_token", String.valueOf(to));
    }
    send(call, 200, answer);
  }

  private static boolean isMeant(String filter, JsonNode version) {
    return filter.equals("run_id='" + version.path("run_id").asText() + "'")
        || filter.equals("name='" + version.path("name").asText() + "'");
  }

  private void createVersion(HttpExchange call, JsonNode json) throws IOException {
    List<JsonNode> all = versions.get(text(json, "name"));
    run(json);
    text(json, "source");
    ObjectNode version = json.deepCopy();
    version.put("version", String.valueOf(all.size() + 1));
    all.add(version);
    ObjectNode answer = JSON.createObjectNode();
    answer.set("model_version", version);
    send(call, 200, answer);
  }

  private void file(HttpExchange call, String path, byte[] body) throws IOException {
    String folder = "mlflow-artifacts/artifacts/";
    if (!servesFiles || !path.startsWith(folder)) {
      broken("no file is taken at " + path);
      send(call, 404, JSON.createObjectNode());
      return;
    }
    String[] parts = path.substring(folder.length()).split("/", 4); // experiment, run, artifacts
    runs.get(parts[1]).files.put(parts[3], body);
    send(call, 200, JSON.createObjectNode());
  }

  private String text(JsonNode json, String field) {
    if (!json.path(field).isTextual()) {
      broken(field + " is no text in " + json);
    }
    return json.path(field).asText();
  }

  private long whole(JsonNode json, String field) {
    if (!json.path(field).isIntegralNumber()) {
      broken(field + " is no whole number in " + json);
    }
    return json.path(field).asLong();
  }

  private synchronized void broken(String rule) {
    broken.add(rule);
  }

  private static void send(HttpExchange call, int status, JsonNode json) throws IOException {
    byte[] body = JSON.writeValueAsBytes(json);
    call.getResponseHeaders().set("Content-Type", "application/json");
    call.sendResponseHeaders(status, body.length);
    call.getResponseBody().write(body);
  }

  @Override
  public void close() {
    mood = Mood.WELL;
    server.stop(0);
    threads.shutdownNow();
  }
}
