package io.hindsight.driver.retrain;

import io.hindsight.datasets.snapshot.SourceVersion;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.driver.config.GateConfig;
import io.hindsight.driver.gate.ModelGate;
import io.hindsight.driver.gate.ModelVerdict;
import io.hindsight.driver.model.ModelException;
import io.hindsight.driver.predict.HoldoutScore;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.registry.Version;
import io.hindsight.driver.retrain.folder.SourceState;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Scores candidate and champion, now and on the same newest data, and asks the gate. */
final class VerdictStage {
  private final RetrainContext context;
  private final DataFindings data;
  private final SourceState source;

  VerdictStage(RetrainContext context, SourceState source, DataFindings data) {
    this.context = context;
    this.source = source;
    this.data = data;
  }

  /**
   * Judges a candidate.
   *
   * @param candidate its model directory
   */
  Verdict judge(String candidate, Optional<Version> champion) throws IOException {
    HoldoutScore score = score(candidate);
    Optional<ModelGate.Champion> other =
        champion.map(
            version ->
                new ModelGate.Champion(score(version.model()), version.blessing().candidate()));
    GateConfig.Model limits = context.plan().config().gate().model();
    Optional<ModelGate.Golden> golden =
        limits.golden().isPresent()
            ? Optional.of(golden(limits.golden().get(), candidate, champion))
            : Optional.empty();
    ModelVerdict verdict = ModelGate.judge(score, other, golden, limits);
    return Verdict.of(verdict, data, score, other.map(ModelGate.Champion::score));
  }

  /** On the holdout, by the model's own encoding. */
  private HoldoutScore score(String model) {
    ModelBundle bundle = ModelBundle.load(model, Optional.empty(), List.of());
    return HoldoutScore.of(
        bundle.onWindow(context.plan().table(source.table(), data.holdout().orElseThrow())));
  }

  /** Of both on the same version of the golden table, where it has versions. */
  private static ModelGate.Golden golden(String path, String candidate, Optional<Version> champion)
      throws IOException {
    ModelBundle own = ofGolden(candidate, path);
    Optional<SourceVersion> seen =
        own.config().data() instanceof TableSpec table
            ? SourceState.now(table).version()
            : Optional.empty();
    UnaryOperator<ModelBundle> reading = model -> seen.map(model::at).orElse(model);
    return new ModelGate.Golden(
        HoldoutScore.of(reading.apply(own)),
        champion.map(version -> HoldoutScore.of(reading.apply(ofGolden(version.model(), path)))));
  }

  private static ModelBundle ofGolden(String model, String path) {
    return ModelBundle.load(model, Optional.of(path), List.of());
  }

  /**
   * Refuses a version that does not answer as its candidate did.
   *
   * @throws ModelException if it does not
   */
  void requireSame(Version version, Verdict verdict) {
    HoldoutScore published = score(version.model());
    boolean same =
        published.weightsSha256().equals(verdict.score().weightsSha256())
            && published.metrics().equals(verdict.score().metrics());
    if (!same) {
      throw new ModelException(
          ModelException.Kind.CORRUPT,
          String.format(
              Locale.ROOT,
              "%s must reach %s as its candidate did, but reaches %s; it is not promoted",
              version.location(),
              verdict.score().metrics(),
              published.metrics()));
    }
  }
}
