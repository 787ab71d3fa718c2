package io.hindsight.driver.config.section;

import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.driver.config.GateConfig;
import io.hindsight.driver.config.ModelConfig;
import io.hindsight.driver.config.OnNonFinite;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.TrainingConfig;
import io.hindsight.driver.config.results.ResultKeys;
import io.hindsight.driver.config.weights.ClassWeightsKey;
import io.hindsight.driver.config.yaml.YamlEmitter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes a configuration with every default filled in. Reading it back gives an equal {@link
 * RunConfig}, but for its {@code on}; equal configurations give the same text on every machine and
 * JDK.
 */
public final class ResolvedConfig {
  private static final String ON = "on";

  private ResolvedConfig() {}

  /**
   * The whole configuration in YAML, the {@code config.yaml} of a run directory, without the
   * commands of the section {@code on}: addresses of alerts are often secret.
   */
  public static String toYaml(RunConfig config) {
    Map<String, Object> document = toMap(config);
    document.remove(ON);
    return YamlEmitter.emit(document);
  }

  /** The whole configuration as nested mappings, which belong to the caller. */
  public static Map<String, Object> toMap(RunConfig config) {
    Map<String, Object> document = document(config);
    Map<String, Object> data = toMap(config.data());
    config.store().ifPresent(location -> data.put("store", location));
    document.put("data", data);
    document.put("output", ResultKeys.write(config.output()));
    document.put("gate", toMap(config.gate()));
    if (!config.hooks().commands().isEmpty()) {
      document.put(ON, HooksSection.write(config.hooks()));
    }
    return document;
  }

  /**
   * Each value in YAML by its key, such as {@code training.batch}, without the section {@code on}.
   */
  public static SortedMap<String, String> flat(RunConfig config) {
    Map<String, Object> document = toMap(config);
    document.remove(ON);
    SortedMap<String, String> values = new TreeMap<>();
    ConfigDifferences.flatten(document, "", values);
    return values;
  }

  /** The {@code data} section as nested mappings, which belong to the caller. */
  public static Map<String, Object> toMap(DataSpec data) {
    return DataSection.write(data);
  }

  /**
   * All that encoded data depends on besides its source: the {@code data} section, the seed, the
   * weights of classes, and whether targets are counts.
   */
  public static String ofData(RunConfig config) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("seed", config.seed());
    document.put("data", DataSection.decisive(config.data()));
    ClassWeightsKey.write(config.training().classWeights(), document);
    if (config.model().loss().targetsAreCounts()) {
      document.put("counts", true);
    }
    return YamlEmitter.emit(document);
  }

  /** The {@code model} section as nested mappings, which belong to the caller. */
  public static Map<String, Object> toMap(ModelConfig model) {
    return ModelSection.write(model);
  }

  /** The {@code training} section as nested mappings, which belong to the caller. */
  public static Map<String, Object> toMap(TrainingConfig training) {
    return TrainingSection.write(training);
  }

  /** The {@code gate} section as nested mappings, which belong to the caller. */
  public static Map<String, Object> toMap(GateConfig gate) {
    return GateSection.write(gate);
  }

  /**
   * SHA-256 of what the result depends on: the resolved configuration without name, checkpoints,
   * engine, tasks, reduction, diagnoses, output and gate, and without the times of validation where
   * they stop nothing; where the run may go back, checkpoints and validations stay. Refusing what
   * is unknown is left out, too, and where a model to start from is.
   *
   * @return 64 hexadecimal digits in lower case
   */
  public static String hash(RunConfig config) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] yaml = YamlEmitter.emit(decisive(config)).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(digest.digest(yaml));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The part of the document that the result depends on. */
  static Map<String, Object> decisive(RunConfig config) {
    Map<String, Object> document = document(config);
    document.remove("name");
    document.put("data", DataSection.decisive(config.data()));
    Map<String, Object> training = TrainingSection.write(config.training());
    training.keySet().removeAll(Set.of("engine", "tasks", "reduce", "diagnose-every"));
    removeTimes(config.training(), training);
    StartSection.withoutPlace(training);
    document.put("training", training);
    return document;
  }

  /** When checkpoints and validations are made matters where something follows from them. */
  private static void removeTimes(TrainingConfig config, Map<String, Object> training) {
    OnNonFinite policy = config.update().onNonFinite();
    boolean goesBack = policy instanceof OnNonFinite.Rollback;
    if (!goesBack) {
      training.remove("checkpoint");
    }
    if (policy instanceof OnNonFinite.Fail) { // whose result is that of any other, if it has one
      training.remove("on-non-finite");
    }
    if (config.validation().earlyStopping().isEmpty() && !goesBack) {
      training.remove("validate-every");
    }
  }

  private static Map<String, Object> document(RunConfig config) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", config.name());
    document.put("seed", config.seed());
    document.put("data", DataSection.write(config.data()));
    document.put("model", ModelSection.write(config.model()));
    document.put("training", TrainingSection.write(config.training()));
    return document;
  }
}
