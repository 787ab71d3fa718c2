package io.hindsight.driver.train;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.config.ConfigDifferences;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.ConfigReader;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.TrainingConfig.CheckpointConfig;
import io.hindsight.driver.model.Checkpoint;
import io.hindsight.driver.model.CheckpointStore;
import io.hindsight.driver.model.ModelDescription;
import io.hindsight.driver.model.ModelStore;
import io.hindsight.kernels.batch.CarriedState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's checkpoints: the training state saved every few steps, and taken up again.
 *
 * <p>Beside weights and optimizer they hold the carried states ({@code hidden_lN, cell_lN}), the
 * weights of the best validation, and where early stopping stands.
 */
final class Checkpoints implements Checkpointer {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final String BEST_WEIGHTS = "best_weights";

  private final CheckpointStore store;
  private final RunConfig run;
  private final RunDirectory directory;
  private final Optional<CheckpointConfig> config;
  private final ModelDescription description;

  /**
   * The checkpoints of a run.
   *
   * @param description of the model that is trained
   */
  Checkpoints(RunDirectory directory, RunConfig run, ModelDescription description) {
    this.run = run;
    this.directory = directory;
    config = run.training().checkpoint();
    int keep = config.map(CheckpointConfig::keep).orElse(1);
    store = new CheckpointStore(new ModelStore(), directory.checkpoints(), keep);
    this.description = description;
  }

  /** Whether {@link #saveIfDue} saves. */
  boolean isDue(TrainingState state) {
    return config.isPresent() && state.step() % config.get().everySteps() == 0;
  }

  @Override
  public void saveIfDue(TrainingState state) {
    if (!isDue(state)) {
      return;
    }
    Map<String, double[]> arrays = new TreeMap<>();
    state.carried().ifPresent(carried -> putCarried(arrays, carried));
    arrays.put(BEST_WEIGHTS, state.best().values());
    ObjectNode loop = JsonNodeFactory.instance.objectNode();
    loop.put("best_loss_bits", Double.doubleToRawLongBits(state.earlyStopping().best()));
    loop.put("without_improvement", state.earlyStopping().withoutImprovement());
    try {
      store.save(
          new Checkpoint(
              state.step(),
              description,
              state.parameters(),
              state.optimizer().step(),
              state.optimizer().slots(),
              loop,
              arrays));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot save a checkpoint at step " + state.step(), e);
    }
  }

  /**
   * Takes up the newest sound checkpoint, if there is one.
   *
   * @throws ConfigException if configuration or data are not those of the checkpoint, naming the
   *     keys that differ
   */
  void resume(TrainingState state) {
    Optional<Checkpoint> newest;
    try {
      newest = store.latest(damaged -> LOG.warn("skipped: {}", damaged.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the checkpoints", e);
    }
    if (newest.isEmpty()) {
      requireSameConfigurationFile();
      LOG.info("no checkpoint to resume from; starting at step 0");
      return;
    }
    Checkpoint checkpoint = newest.get();
    requireSameConfiguration(checkpoint.description().config(), checkpoint.step());
    requireSameData(checkpoint);
    copy(checkpoint.parameters().values(), state.parameters().values());
    copy(checkpoint.arrays().get(BEST_WEIGHTS), state.best().values());
    state.optimizer().restore(checkpoint.optimizerStep(), checkpoint.slots());
    state.restore(checkpoint.step(), state.carried().map(into -> carried(checkpoint, into)));
    state
        .earlyStopping()
        .restore(
            Double.longBitsToDouble(checkpoint.state().path("best_loss_bits").asLong()),
            checkpoint.state().path("without_improvement").asInt());
    LOG.info("resumed at step {}", checkpoint.step());
  }

  /** Without a checkpoint, the run directory's own configuration tells whose run it is. */
  private void requireSameConfigurationFile() {
    String file = directory.config();
    try {
      if (directory.storage().exists(file)) {
        requireSameConfiguration(directory.read(file), 0);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private void requireSameConfiguration(String saved, long step) {
    RunConfig was = ConfigReader.read(saved, "configuration of the checkpoint", List.of());
    List<String> differences = ConfigDifferences.between(was, run);
    if (!differences.isEmpty()) {
      throw refused("configuration", step, String.join(", ", differences));
    }
  }

  private void requireSameData(Checkpoint checkpoint) {
    String was = checkpoint.description().dataFingerprint();
    String is = description.dataFingerprint();
    if (!is.equals(was)) {
      String difference = "its fingerprint was %s, is %s";
      throw refused(
          "data", checkpoint.step(), difference.formatted(abbreviated(was), abbreviated(is)));
    }
  }

  private static ConfigException refused(String what, long step, String difference) {
    return ConfigException.of(
        "--resume",
        "the %s must be that of the checkpoint at step %d, but %s; resume with the same, or start a new run"
            .formatted(what, step, difference));
  }

  private static String abbreviated(String hash) {
    return hash.substring(0, Math.min(12, hash.length()));
  }

  private static void putCarried(Map<String, double[]> arrays, CarriedState carried) {
    for (int layer = 0; layer < carried.layers(); layer++) {
      arrays.put("hidden_l" + layer, carried.hidden(layer));
      if (carried.cell(layer).length > 0) {
        arrays.put("cell_l" + layer, carried.cell(layer));
      }
    }
  }

  private static CarriedState carried(Checkpoint checkpoint, CarriedState into) {
    for (int layer = 0; layer < into.layers(); layer++) {
      copy(checkpoint.arrays().get("hidden_l" + layer), into.hidden(layer));
      if (into.cell(layer).length > 0) {
        copy(checkpoint.arrays().get("cell_l" + layer), into.cell(layer));
      }
    }
    return into;
  }

  private static void copy(double[] from, double[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }
}
