package io.hindsight.driver.config;

import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.driver.config.TrainingConfig.StartConfig;
import java.util.Optional;

/**
 * A run's resolved configuration: every default filled in, every problem reported before it exists.
 *
 * @param name names the run and its directory
 * @param seed of initial weights, epoch order and generated data
 * @param data the sequences
 * @param model the network
 * @param training how it is trained
 * @param store where encoded tables are kept for all tasks and later runs: {@code data.store};
 *     absent leaves them to the driver. It never changes the result
 * @param output where results go, and who else is told of them
 * @param gate what a retraining must pass. It never changes the result
 * @param hooks what a retraining runs at its end; no file stores it
 */
public record RunConfig(
    String name,
    long seed,
    DataSpec data,
    Optional<String> store,
    ModelConfig model,
    TrainingConfig training,
    OutputConfig output,
    GateConfig gate,
    HooksConfig hooks) {
  /** Of {@link #seed}. */
  public static final long DEFAULT_SEED = 42;

  /** The same with other data. */
  public RunConfig withData(DataSpec other) {
    return new RunConfig(name, seed, other, store, model, training, output, gate, hooks);
  }

  /** The same, trained otherwise. */
  public RunConfig withTraining(TrainingConfig other) {
    return new RunConfig(name, seed, data, store, model, other, output, gate, hooks);
  }

  /** The same, whose weights start from a model's. */
  public RunConfig startingFrom(StartConfig start) {
    return withTraining(training.startingFrom(start));
  }
}
