package io.hindsight.driver.retrain;

import io.hindsight.driver.config.GateConfig;
import io.hindsight.driver.gate.ModelGate;
import io.hindsight.driver.gate.ModelVerdict;
import io.hindsight.driver.model.ModelException;
import io.hindsight.driver.predict.HoldoutScore;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.registry.Version;
import io.hindsight.driver.retrain.folder.SourceState;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
  Verdict judge(String candidate, Optional<Version> champion) {
    HoldoutScore score = score(candidate);
    Optional<ModelGate.Champion> other =
        champion.map(
            version ->
                new ModelGate.Champion(score(version.model()), version.blessing().candidate()));
    GateConfig.Model limits = context.plan().config().gate().model();
    Optional<ModelGate.Golden> golden =
        limits
            .golden()
            .map(
                path ->
                    new ModelGate.Golden(
                        golden(candidate, path),
                        champion.map(version -> golden(version.model(), path))));
    ModelVerdict verdict = ModelGate.judge(score, other, golden, limits);
    return Verdict.of(verdict, data, score, other.map(ModelGate.Champion::score));
  }

  /** On the holdout, by the model's own encoding. */
  private HoldoutScore score(String model) {
    ModelBundle bundle = ModelBundle.load(model, Optional.empty(), List.of());
    return HoldoutScore.of(
        bundle.onWindow(context.plan().table(source.table(), data.holdout().orElseThrow())));
  }

  private static HoldoutScore golden(String model, String path) {
    return HoldoutScore.of(ModelBundle.load(model, Optional.of(path), List.of()));
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
