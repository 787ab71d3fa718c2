package io.hindsight.driver.checkpoint;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.snapshot.SourceSnapshot;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.model.Checkpoint;
import io.hindsight.driver.model.CheckpointStore;
import io.hindsight.driver.model.ModelDescription;
import io.hindsight.driver.train.TrainingState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes on with a run from its newest checkpoint, if it is still the {@link SameRun}. */
public final class Resumption {
  private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);

  private final CheckpointStore store;
  private final SameRun required;

  /**
   * Of a run.
   *
   * @param store its checkpoints
   * @param directory its own
   * @param run its configuration
   * @param description of the model that is trained
   * @param source what its data were read from, unless this program makes them
   */
  public Resumption(
      CheckpointStore store,
      RunDirectory directory,
      RunConfig run,
      ModelDescription description,
      Optional<SourceSnapshot> source) {
    this.store = store;
    required = new SameRun(directory, run, description, source);
  }

  /**
   * Takes up the newest sound checkpoint, if there is one.
   *
   * @return whether there was
   * @throws ConfigException if the configuration is not that of the checkpoint, naming the keys
   *     that differ; or the model that the run starts from is not
   * @throws DataException if the data is not, naming what has changed
   */
  public boolean resume(TrainingState state) {
    Optional<Checkpoint> newest;
    try {
      newest = store.latest(damaged -> LOG.warn("skipped: {}", damaged.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the checkpoints", e);
    }
    if (newest.isEmpty()) {
      required.checkConfigurationFile();
      LOG.info("no checkpoint to resume from; starting at step 0");
      return false;
    }
    Checkpoint checkpoint = newest.get();
    required.check(checkpoint);
    RestoredState.restore(checkpoint, state);
    LOG.info("resumed at step {}", checkpoint.step());
    return true;
  }
}
