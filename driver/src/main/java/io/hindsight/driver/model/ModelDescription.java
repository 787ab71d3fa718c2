package io.hindsight.driver.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.kernels.network.NetworkSpec;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Everything a model is besides its weights: {@code model.json}.
 *
 * <pre>
 * {"format": "hindsight-model", "format_version": 1,
 *  "network": {"cell": …, "input": {…}, "hidden": […], "output": {…}},
 *  "encoding": {…}, "weights_sha256": "…", "config_sha256": "…", "data_fingerprint": "…",
 *  "parent_sha256": "…", "versions": {"hindsight": "…", "java": "…", "spark": "…"}, "metadata": {…}, "config": "YAML text"}
 * </pre>
 *
 * <p>A model whose weights the seed began has no {@code parent_sha256}.
 *
 * @param network the network's shape
 * @param encoding how raw data become inputs and targets; opaque here
 * @param config the resolved configuration as YAML text
 * @param configSha256 identifies what of the configuration decides the result
 * @param dataFingerprint identifies the training data
 * @param parentSha256 the {@link WeightsHash} of the model that it was trained further from
 * @param versions of the programs that trained it
 * @param metadata further facts as texts
 */
public record ModelDescription(
    NetworkSpec network,
    JsonNode encoding,
    String config,
    String configSha256,
    String dataFingerprint,
    Optional<String> parentSha256,
    Map<String, String> versions,
    Map<String, String> metadata) {
  static final String NAME = "model.json";
  private static final String FORMAT = "hindsight-model";
  private static final int VERSION = 1;
  private static final String PARENT = "parent_sha256";
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public ModelDescription {
    versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
  }

  /** The same of a network that answers otherwise. */
  public ModelDescription with(NetworkSpec other) {
    return new ModelDescription(
        other, encoding, config, configSha256, dataFingerprint, parentSha256, versions, metadata);
  }

  /** The same with more metadata. */
  public ModelDescription with(String key, String value) {
    Map<String, String> more = new TreeMap<>(metadata);
    more.put(key, value);
    return new ModelDescription(
        network, encoding, config, configSha256, dataFingerprint, parentSha256, versions, more);
  }

  /** Of a model whose weights the seed began. */
  public ModelDescription(
      NetworkSpec network,
      JsonNode encoding,
      String config,
      String configSha256,
      String dataFingerprint,
      Map<String, String> versions,
      Map<String, String> metadata) {
    this(
        network,
        encoding,
        config,
        configSha256,
        dataFingerprint,
        Optional.empty(),
        versions,
        metadata);
  }

  byte[] toJson(String weightsSha256) throws IOException {
    ObjectNode json = Json.object().put("format", FORMAT).put("format_version", VERSION);
    json.set("network", NetworkJson.write(network));
    json.set("encoding", encoding);
    json.put("weights_sha256", weightsSha256);
    json.put("config_sha256", configSha256);
    json.put("data_fingerprint", dataFingerprint);
    parentSha256.ifPresent(hash -> json.put(PARENT, hash));
    versions.forEach(json.putObject("versions")::put);
    metadata.forEach(json.putObject("metadata")::put);
    json.put("config", config);
    return Json.pretty(json);
  }

  static ModelDescription parse(JsonNode json, String where) {
    Json.requireVersion(json, FORMAT, VERSION, where);
    return new ModelDescription(
        NetworkJson.read(Json.object(json, "network", where), where),
        Json.object(json, "encoding", where),
        Json.text(json, "config", where),
        Json.text(json, "config_sha256", where),
        Json.text(json, "data_fingerprint", where),
        parent(json, where),
        texts(json, "versions", where),
        texts(json, "metadata", where));
  }

  private static Optional<String> parent(JsonNode json, String where) {
    if (!json.has(PARENT)) {
      return Optional.empty();
    }
    String hash = Json.text(json, PARENT, where);
    if (!SHA256.matcher(hash).matches()) {
      throw Json.corrupt(where, "needs '%s' as a SHA-256, but has '%s'".formatted(PARENT, hash));
    }
    return Optional.of(hash);
  }

  private static SortedMap<String, String> texts(JsonNode json, String field, String where) {
    JsonNode object = Json.object(json, field, where);
    SortedMap<String, String> texts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> text : object.properties()) {
      texts.put(text.getKey(), Json.text(object, text.getKey(), where));
    }
    return texts;
  }
}
