package io.hindsight.driver.diagnose.stored;

import io.hindsight.driver.diagnose.Figures.History;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.metrics.StepCounts;
import io.hindsight.driver.model.Checkpoint;
import io.hindsight.driver.model.CheckpointFolder;
import io.hindsight.driver.model.CheckpointStore;
import io.hindsight.driver.model.ModelException;
import io.hindsight.driver.model.ModelException.Kind;
import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The weights that are diagnosed, with what is known of the run that they belong to.
 *
 * @param location of a model, a checkpoint or a registry
 * @param checkpoint if it is one
 * @param history of the run
 */
record DiagnosedModel(String location, Optional<Checkpoint> checkpoint, Optional<History> history) {
  private static final Logger LOG = LoggerFactory.getLogger(DiagnosedModel.class);
  private static final String STATE = "state.json"; // what a model lacks and a checkpoint has

  /**
   * What is in a place: the newest sound checkpoint of a run directory, or its model if it has no
   * checkpoint; else the model or checkpoint that is there, or the champion of a registry.
   *
   * @throws ModelException if a run directory has neither
   */
  static DiagnosedModel in(String place) throws IOException {
    RunDirectory run = new RunDirectory(place);
    Storage storage = run.storage();
    if (storage.exists(run.config())) {
      return of(run, storage);
    }
    if (!storage.exists(run.location() + "/" + STATE)) {
      return new DiagnosedModel(run.location(), Optional.empty(), Optional.empty());
    }
    Checkpoint checkpoint = CheckpointFolder.open(storage, run.location()).checkpoint();
    History history = new History(checkpoint.step(), Optional.empty());
    return new DiagnosedModel(run.location(), Optional.of(checkpoint), Optional.of(history));
  }

  private static DiagnosedModel of(RunDirectory run, Storage storage) throws IOException {
    CheckpointStore store = new CheckpointStore(run.models(), run.checkpoints(), 1, 1);
    Optional<Checkpoint> newest =
        storage.exists(run.checkpoints())
            ? store.latest(damaged -> LOG.warn("skipped: {}", damaged.getMessage()))
            : Optional.empty();
    if (newest.isEmpty() && !run.hasModel()) {
      throw new ModelException(
          Kind.NO_WEIGHTS,
          "the run in " + run.location() + " has neither a checkpoint nor a model");
    }
    Optional<History> history = Optional.empty();
    if (storage.exists(run.metrics())) {
      StepCounts counts = StepCounts.read(storage, run.metrics());
      history = Optional.of(new History(counts.steps(), Optional.of(counts.clipped())));
    }
    String location = newest.map(found -> store.location(found.step())).orElse(run.model());
    return new DiagnosedModel(location, newest, history);
  }
}
