package io.hindsight.driver.retrain;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.model.ModelFolder;
import io.hindsight.driver.monitoring.mlflow.ModelRegistration;
import io.hindsight.driver.registry.Blessing;
import io.hindsight.driver.registry.RegistryException;
import io.hindsight.driver.registry.TrainingData;
import io.hindsight.driver.registry.Version;
import io.hindsight.driver.report.Reports;
import io.hindsight.driver.retrain.folder.Attempt;
import io.hindsight.driver.retrain.folder.Outcome;
import io.hindsight.driver.retrain.folder.SourceState;
import io.hindsight.driver.retrain.folder.Stage;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * The stages of a retraining from its candidate on: the verdict against the present champion, the
 * version, a look at it as readers see it, and the pointer.
 */
final class CandidateStages {
  private static final int MOST_ROUNDS = 5;

  private final RetrainContext context;
  private final SourceState source;
  private final Attempt decided;
  private final DataFindings data;
  private final RunDirectory directory;
  private final String version;

  CandidateStages(
      RetrainContext context,
      SourceState source,
      Attempt decided,
      DataFindings data,
      RunDirectory directory) {
    this.context = context;
    this.source = source;
    this.decided = decided;
    this.data = data;
    this.directory = directory;
    version = context.plan().key() + "-" + source.digits();
  }

  /** Judges against the champion, again if it was changed meanwhile. */
  RetrainResult run() throws IOException {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Optional<RetrainResult> end = judge();
      if (end.isPresent()) {
        return end.get();
      }
    }
    throw RegistryException.overtaken(
        "the champion of %s was changed %d times while a candidate was compared with it; run the same command again"
            .formatted(context.registry().location(), MOST_ROUNDS));
  }

  /** Empty if the champion was changed meanwhile. */
  private Optional<RetrainResult> judge() throws IOException {
    Promotion promotion = new Promotion(context, version);
    if (promotion.isDone()) { // killed right after it
      return Optional.of(ended(Outcome.PROMOTED, promotion.blessing()));
    }
    context.journal().at(Stage.VERDICT);
    Optional<Version> champion = context.champion();
    ModelFolder candidate = ModelFolder.open(directory.storage(), directory.model());
    Verdict verdict = new VerdictStage(context, source, data).judge(directory.model(), champion);
    source.requireUnchanged();
    String file = context.folder().file(source.digits(), Blessing.FILE);
    context.folder().write(file, verdict.blessing().toJson());
    byte[] report = Reports.ofCandidate(directory, verdict.blessing());
    context.folder().write(context.folder().file(source.digits(), Reports.FILE), report);
    return switch (verdict.kind()) {
      case SAME -> Optional.of(ended(Outcome.UNCHANGED, verdict.blessing()));
      case REFUSED -> Optional.of(ended(Outcome.REJECTED, verdict.blessing()));
      case BLESSED -> publish(promotion, champion, candidate, verdict, report);
    };
  }

  private Optional<RetrainResult> publish(
      Promotion promotion,
      Optional<Version> champion,
      ModelFolder candidate,
      Verdict verdict,
      byte[] report)
      throws IOException {
    context.journal().at(Stage.PUBLISH);
    Optional<Version> published =
        promotion.publish(champion, candidate, verdict.blessing(), trainingData(candidate), report);
    if (published.isEmpty()) {
      return Optional.empty();
    }
    context.journal().at(Stage.SMOKE);
    new VerdictStage(context, source, data).requireSame(published.get(), verdict);
    if (!context.request().promote()) {
      return Optional.of(
          published(verdict, "blessed; the champion was left as it is, as --no-promote asks"));
    }
    context.journal().at(Stage.POINTER);
    return switch (promotion.promote(champion, verdict.reason())) {
      case PROMOTED -> Optional.of(ended(Outcome.PROMOTED, verdict.blessing()));
      case PINNED ->
          Optional.of(published(verdict, "blessed; the champion is pinned and was left as it is"));
      case OVERTAKEN -> Optional.empty();
    };
  }

  private TrainingData trainingData(ModelFolder candidate) throws IOException {
    TrainingData own = TrainingData.of(candidate.description());
    return new TrainingData(
        own.fingerprint(),
        own.configSha256(),
        Origin.of(context.plan(), source, decided),
        Optional.of(data.profile()));
  }

  private RetrainResult published(Verdict verdict, String reason) throws IOException {
    register(false);
    return context.ended(
        Outcome.PUBLISHED, reason, Optional.of(version), Optional.of(verdict.blessing()), data);
  }

  private RetrainResult ended(Outcome outcome, Blessing blessing) throws IOException {
    Optional<String> made = outcome == Outcome.PROMOTED ? Optional.of(version) : Optional.empty();
    if (made.isPresent()) {
      register(true);
    }
    String reason = String.join("; ", blessing.reasons());
    return context.ended(outcome, reason, made, Optional.of(blessing), data);
  }

  /** Tells MLflow of the version, where the configuration names a server. */
  private void register(boolean champion) throws IOException {
    RunConfig config = context.plan().config();
    if (config.output().mlflow().isPresent()) {
      Version made = context.registry().describe(version);
      Map<String, String> facts =
          Map.of(
              "hindsight.location", made.location(),
              "hindsight.weights_sha256", made.weightsSha256(),
              "hindsight.data_fingerprint", made.data().fingerprint());
      ModelRegistration.on(config.output().mlflow().get().address())
          .register(config.name(), directory, version, facts, champion);
    }
  }
}
