package io.hindsight.driver.config.builder;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.HooksConfig;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.config.section.ResolvedConfig;
import io.hindsight.driver.config.yaml.Words;
import java.util.List;

/**
 * Makes a {@link RunConfig} in Java. Its setters, like those of the sections, have the names of the
 * keys in YAML; what is not set has the same default, and {@link #build} checks the same rules.
 */
public final class RunConfigBuilder {
  private static final String SOURCE = "configuration in Java";

  private final Keys keys;

  private RunConfigBuilder(Keys keys) {
    this.keys = keys;
  }

  /**
   * Of a new configuration.
   *
   * @param name names the run and its directory
   */
  public static RunConfigBuilder named(String name) {
    RunConfigBuilder builder = new RunConfigBuilder(new Keys());
    builder.keys.set("name", name);
    return builder;
  }

  /** Of a configuration that is there, to change some of it. */
  public static RunConfigBuilder from(RunConfig config) {
    return new RunConfigBuilder(new Keys(ResolvedConfig.toMap(config)));
  }

  /** Decides initial weights, order and generated data. */
  public RunConfigBuilder seed(long seed) {
    keys.set("seed", seed);
    return this;
  }

  /** The sequences. */
  public RunConfigBuilder data(DataBuilder data) {
    keys.set("data", data.toMap());
    return this;
  }

  /** The network. */
  public RunConfigBuilder model(ModelBuilder model) {
    keys.set("model", model.toMap());
    return this;
  }

  /** How it is trained. */
  public RunConfigBuilder training(TrainingBuilder training) {
    keys.set("training", training.toMap());
    return this;
  }

  /** Parent of the run directories: a path or a Hadoop URI. */
  public RunConfigBuilder outputDirectory(String directory) {
    keys.set("output", "directory", directory);
    return this;
  }

  /** Whether some answers are kept, with ids, values and classes of the data, to be looked at. */
  public RunConfigBuilder examples(boolean kept) {
    keys.set("output", "examples", kept);
    return this;
  }

  /** Whether an event file for TensorBoard is written. */
  public RunConfigBuilder tensorboard(boolean written) {
    keys.set("output", "tensorboard", written);
    return this;
  }

  /** The address of an MLflow tracking server that is told of the run. */
  public RunConfigBuilder mlflow(String address) {
    keys.set("output", "mlflow", address);
    return this;
  }

  /** The experiment there, if it is not to have the name of the run. */
  public RunConfigBuilder mlflowExperiment(String name) {
    keys.set("output", "mlflow-experiment", name);
    return this;
  }

  /** What a retraining must pass. */
  public RunConfigBuilder gate(GateBuilder gate) {
    keys.set("gate", gate.toMap());
    return this;
  }

  /** A program, and its arguments, that a retraining runs where it ends so. */
  public RunConfigBuilder on(HooksConfig.Event event, String... command) {
    keys.set("on", Words.of(event), List.of(command));
    return this;
  }

  /**
   * The configuration with every default filled in.
   *
   * @throws ConfigException with every problem, as the same mistakes in YAML have it, but without
   *     line and column; where a remedy is to delete a line, leave out the setter of that key
   */
  public RunConfig build() {
    return ConfigReader.read(keys.toMap(), SOURCE);
  }
}
