package io.hindsight.driver.config.section;

import io.hindsight.datasets.DataSpec;
import io.hindsight.driver.config.ModelConfig;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.TrainingConfig;
import io.hindsight.driver.config.TrainingConfig.Bptt;
import io.hindsight.driver.config.yaml.Words;
import io.hindsight.driver.config.yaml.YamlEmitter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Writes a configuration with every default filled in. Reading it back gives an equal {@link
 * RunConfig}; equal configurations give the same text on every machine and JDK.
 */
public final class ResolvedConfig {
  private ResolvedConfig() {}

  /** The whole configuration in YAML, the {@code config.yaml} of a run directory. */
  public static String toYaml(RunConfig config) {
    return YamlEmitter.emit(toMap(config));
  }

  /** The whole configuration as nested mappings, which belong to the caller. */
  public static Map<String, Object> toMap(RunConfig config) {
    Map<String, Object> document = document(config);
    document.put("output", Map.of("directory", config.output().directory()));
    return document;
  }

  /** The {@code data} section as nested mappings, which belong to the caller. */
  public static Map<String, Object> toMap(DataSpec data) {
    return ResolvedData.of(data);
  }

  /** The {@code model} section as nested mappings, which belong to the caller. */
  public static Map<String, Object> toMap(ModelConfig model) {
    return ResolvedModel.of(model);
  }

  /** The {@code training} section as nested mappings, which belong to the caller. */
  public static Map<String, Object> toMap(TrainingConfig training) {
    return training(training);
  }

  /**
   * SHA-256 of what the result depends on: the resolved configuration without name, checkpoints,
   * engine, tasks, reduction and output, and without the times of validation where they stop
   * nothing. Refusing what is unknown is left out, too.
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
    document.put("data", ResolvedData.decisive(config.data()));
    Map<String, Object> training = training(config.training());
    training.keySet().removeAll(Set.of("checkpoint", "engine", "tasks", "reduce"));
    if (config.training().earlyStopping().isEmpty()) {
      training.remove("validate-every");
    }
    document.put("training", training);
    return document;
  }

  private static Map<String, Object> document(RunConfig config) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", config.name());
    document.put("seed", config.seed());
    document.put("data", ResolvedData.of(config.data()));
    document.put("model", ResolvedModel.of(config.model()));
    document.put("training", training(config.training()));
    return document;
  }

  private static Map<String, Object> training(TrainingConfig config) {
    Map<String, Object> training = new LinkedHashMap<>();
    config.epochs().ifPresent(epochs -> training.put("epochs", epochs));
    config.steps().ifPresent(steps -> training.put("steps", steps));
    training.put("batch", config.batch());
    training.put("shards", config.shards().isPresent() ? config.shards().getAsInt() : "auto");
    training.put("bptt", bptt(config.bptt()));
    training.put(
        "optimizer", ResolvedOptimizer.of(config.optimizer(), config.learningRate().base()));
    training.put("schedule", ResolvedOptimizer.schedule(config.learningRate()));
    ResolvedOptimizer.clip(config.clip()).ifPresent(clip -> training.put("clip", clip));
    config.validateEvery().ifPresent(steps -> training.put("validate-every", steps));
    config
        .earlyStopping()
        .ifPresent(
            stop -> {
              Map<String, Object> section = new LinkedHashMap<>();
              section.put("patience", stop.patience());
              section.put("min-delta", stop.minDelta());
              training.put("early-stopping", section);
            });
    config
        .checkpoint()
        .ifPresent(
            checkpoint -> {
              Map<String, Object> section = new LinkedHashMap<>();
              section.put("every-steps", checkpoint.everySteps());
              section.put("keep", checkpoint.keep());
              training.put("checkpoint", section);
            });
    training.put("engine", Words.of(config.engine()));
    training.put("tasks", config.tasks());
    training.put("reduce", Words.of(config.reduce()));
    return training;
  }

  private static Map<String, Object> bptt(Bptt config) {
    Map<String, Object> bptt = new LinkedHashMap<>();
    if (config.window().isPresent()) {
      bptt.put("window", config.window().getAsInt());
      bptt.put("stride", config.stride());
    }
    bptt.put("carry-state", config.carryState());
    config
        .curriculum()
        .ifPresent(
            ramp -> {
              Map<String, Object> section = new LinkedHashMap<>();
              section.put("from", ramp.from());
              section.put("over-steps", ramp.overSteps());
              bptt.put("curriculum", section);
            });
    return bptt;
  }
}
