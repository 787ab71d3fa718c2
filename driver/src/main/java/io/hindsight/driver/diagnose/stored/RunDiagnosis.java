package io.hindsight.driver.diagnose.stored;

import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.TrainingConfig.Update;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.diagnose.Diagnosis;
import io.hindsight.driver.diagnose.Figures;
import io.hindsight.driver.diagnose.UpdateFigures;
import io.hindsight.driver.diagnose.UpdateFigures.Origin;
import io.hindsight.driver.model.Checkpoint;
import io.hindsight.driver.optim.MeanUpdate;
import io.hindsight.driver.optim.NonFiniteGradientException;
import io.hindsight.driver.optim.Optimizer;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.spark.session.Sessions;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.plain.NetworkProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Says why a network that was trained does not learn, by a few windows of its training part that
 * plain loops compute from a zero state.
 */
public final class RunDiagnosis {
  /**
   * What was found.
   *
   * @param weights where they are: a model, a checkpoint or a registry
   */
  public record Result(String weights, Diagnosis diagnosis) {}

  private RunDiagnosis() {}

  /**
   * Diagnoses.
   *
   * @param place a run directory, of which the newest checkpoint is looked at, or the model if
   *     there is none; a model, a checkpoint, or a registry
   * @param overrides changes of the configuration, {@code section.key=value} each
   * @throws io.hindsight.driver.model.ModelException if there are no weights, or damaged ones
   * @throws io.hindsight.datasets.DataException if the data cannot be read
   */
  public static Result of(String place, List<String> overrides) {
    DiagnosedModel model;
    try {
      model = DiagnosedModel.in(place);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + place, e);
    }
    ModelBundle bundle = ModelBundle.load(model.location(), Optional.empty(), overrides);
    requireTargetsOfSteps(place, bundle.network());
    try (Sessions spark = Sessions.forRun(bundle.config())) {
      RunData data =
          RunData.read(
              bundle.config(),
              Optional.of(bundle.encoding()),
              new Reading(),
              spark.dataStore(bundle.config()));
      return new Result(model.location(), diagnosis(model, bundle, data));
    }
  }

  private static void requireTargetsOfSteps(String place, NetworkSpec network) {
    if (network.output().loss().targetsAreStrings()) {
      throw ConfigException.of(
          place,
          "a diagnosis follows the target of one step back, and a label string (loss ctc) belongs to no step; look at metrics.jsonl, or train the layers on targets of steps");
    }
  }

  private static Diagnosis diagnosis(DiagnosedModel model, ModelBundle bundle, RunData data) {
    Parameters weights = bundle.parameters();
    NetworkProbe probe = new NetworkProbe(weights);
    long step = model.checkpoint().map(Checkpoint::step).orElse(Long.MAX_VALUE);
    Backpropagation how = bundle.config().training().backpropagationAt(step);
    for (Window window : DiagnosedWindows.of(data)) {
      probe.add(window, how);
    }
    Optional<UpdateFigures> update =
        update(bundle.config().training().update(), model.checkpoint(), weights, probe);
    return Diagnosis.of(Figures.of(probe, weights, update, model.history()));
  }

  /** At the configured rate: that of a schedule may be 0 by now, which says nothing. */
  private static Optional<UpdateFigures> update(
      Update config, Optional<Checkpoint> checkpoint, Parameters weights, NetworkProbe probe) {
    if (probe.targets() == 0) {
      return Optional.empty();
    }
    Parameters after = weights.copy();
    Optimizer optimizer = Optimizer.create(config.optimizer(), after.values().length);
    checkpoint.ifPresent(of -> optimizer.restore(of.optimizerStep(), of.slots()));
    double rate = config.learningRate().base();
    try {
      new MeanUpdate(after.layout(), config.reach())
          .make(
              GradientSum.ofMean(after.layout(), probe.gradient()),
              config.clip(),
              optimizer,
              after.values(),
              rate);
    } catch (NonFiniteGradientException e) {
      return Optional.empty();
    }
    Origin origin = checkpoint.isPresent() ? Origin.CHECKPOINT : Origin.FIRST;
    return Optional.of(UpdateFigures.of(origin, rate, weights, after));
  }
}
