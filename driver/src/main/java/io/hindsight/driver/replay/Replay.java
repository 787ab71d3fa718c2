package io.hindsight.driver.replay;

import io.hindsight.datasets.files.HadoopSettings;
import io.hindsight.driver.checkpoint.RestoredState;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.TrainingConfig;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.engine.LocalEngine;
import io.hindsight.driver.model.Checkpoint;
import io.hindsight.driver.optim.Optimizer;
import io.hindsight.driver.step.StepOutcome;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.driver.storage.Storage;
import io.hindsight.driver.train.CarriedStates;
import io.hindsight.driver.train.DivergedException;
import io.hindsight.driver.train.EarlyStopping;
import io.hindsight.driver.train.StepUpdate;
import io.hindsight.driver.train.TrainingState;
import io.hindsight.driver.train.UndoableUpdate;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.parallel.RangeLoop;
import io.hindsight.kernels.plain.NonFiniteSearch;
import io.hindsight.kernels.random.CounterNoise;
import io.hindsight.kernels.random.Noise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** A step that was kept is made again, on this machine and without Spark. */
public final class Replay {
  /**
   * What came of it.
   *
   * @param step its number
   * @param recorded what was not finite in the run
   * @param found what is not finite now; absent if all is finite
   * @param place where the computation stops being finite; absent if only sums of sequences do
   */
  public record Result(long step, String recorded, Optional<String> found, Optional<String> place) {
    /** Whether it ended as it did in the run. */
    public boolean isSame() {
      return found.isPresent() && found.get().equals(recorded);
    }
  }

  private final ReplayFolder folder;
  private final RunConfig config;
  private final TrainingState state;

  private Replay(ReplayFolder folder) {
    this.folder = folder;
    Checkpoint checkpoint = folder.checkpoint();
    config =
        ConfigReader.read(
            checkpoint.description().config(), "configuration of the step", List.of());
    state = state(folder, config.training());
    RestoredState.restore(checkpoint, state);
  }

  /**
   * Makes a step again.
   *
   * @param location folder of the step: a path or URI
   * @throws io.hindsight.driver.model.ModelException if it is none, or damaged
   */
  public static Result run(String location) {
    try {
      Storage storage = Storage.of(location, HadoopSettings::configuration);
      return new Replay(ReplayFolder.read(storage, location)).run();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + location, e);
    }
  }

  private static TrainingState state(ReplayFolder folder, TrainingConfig training) {
    NetworkSpec spec = folder.checkpoint().description().network();
    Parameters parameters = new Parameters(folder.checkpoint().parameters().layout());
    int blocks = ReplayedShards.blocks(folder);
    int distance = RunData.carried(training.bptt()).distance();
    Optional<CarriedStates> carried =
        training.bptt().carryState()
            ? Optional.of(new CarriedStates(spec, blocks, distance))
            : Optional.empty();
    return new TrainingState(
        0,
        parameters,
        Optimizer.create(training.update().optimizer(), parameters.values().length),
        new EarlyStopping(training.validation().earlyStopping()),
        folder.stepsPerEpoch(),
        carried);
  }

  private Result run() {
    Optional<String> found = found();
    Optional<String> place = found.isEmpty() ? Optional.empty() : place();
    return new Result(state.step(), folder.reason(), found, place);
  }

  private Optional<String> found() {
    NetworkSpec spec = state.parameters().layout().spec();
    try (LocalEngine engine =
        new LocalEngine(
            spec, ReplayedShards.plan(folder, config.training().minibatch()), config.seed(), 1)) {
      StepOutcome outcome = engine.gradient(state.parameters(), request());
      StepUpdate update = new StepUpdate(config.training().update(), state, RangeLoop.SERIAL);
      new UndoableUpdate(state, RangeLoop.SERIAL)
          .make(() -> update.make(outcome, folder.learningRate()));
      return Optional.empty();
    } catch (DivergedException diverged) {
      return Optional.of(diverged.what());
    }
  }

  /** Each slot has one window, so it is the first of its epoch. */
  private StepRequest request() {
    return new StepRequest(
        0,
        state.step(),
        state.epoch(),
        0,
        state.parameters().fingerprint(),
        how(),
        state.carried().map(CarriedStates::next));
  }

  private Backpropagation how() {
    return new Backpropagation(folder.truncation(), config.training().update().deltaNorm());
  }

  private Optional<String> place() {
    Optional<String> weight = NonFiniteSearch.weight(state.parameters());
    if (weight.isPresent()) {
      return weight;
    }
    NonFiniteSearch search = new NonFiniteSearch(state.parameters());
    Noise noise = new CounterNoise(config.seed(), state.step(), 0);
    return folder.lanes().stream()
        .flatMap(lane -> new ReplayedLane(lane, state).place(search, how(), noise).stream())
        .findFirst();
  }
}
