package io.hindsight.driver.retrain;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ResolvedConfig;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.gate.ModelVerdict;
import io.hindsight.driver.registry.Blessing;
import io.hindsight.driver.report.Reports;
import io.hindsight.driver.retrain.folder.Attempt;
import io.hindsight.driver.retrain.folder.Outcome;
import io.hindsight.driver.retrain.folder.RetrainStatus;
import io.hindsight.driver.retrain.folder.RunFolder;
import io.hindsight.driver.retrain.folder.SourceState;
import io.hindsight.driver.retrain.folder.Stage;
import io.hindsight.driver.run.EndedRun;
import io.hindsight.driver.run.TrainingRun;
import io.hindsight.driver.spark.session.Sessions;
import java.io.IOException;
import java.util.Optional;

/**
 * The stages of a retraining up to its candidate, one after the other. What was decided and trained
 * stands in files when the next begins, and is not done again.
 */
final class RunStages {
  private final RetrainContext context;
  private final RunFolder folder;
  private final RunJournal journal;

  RunStages(RetrainContext context) {
    this.context = context;
    folder = context.folder();
    journal = context.journal();
  }

  RetrainResult run() throws IOException {
    try (Sessions session = Sessions.forRun(context.plan().config())) {
      Optional<RetrainStatus> before = folder.status();
      if (before.isPresent()) {
        requireSame(before.get());
      }
      boolean wasJudged = before.filter(RetrainStatus::isFinal).isPresent();
      if (!wasJudged) {
        before.flatMap(RetrainStatus::attempt).ifPresent(journal::of);
        journal.at(Stage.SNAPSHOT);
      }
      SourceState source = source(before);
      String attempt = source.digits();
      journal.of(attempt);
      Attempt decided = decide(source);
      if (wasJudged && before.get().attempt().equals(Optional.of(attempt))) {
        return context.unchanged(before.get());
      }
      return judgeData(source, decided);
    }
  }

  /** A run that was killed reads the version that it has begun with, where the table keeps it. */
  private SourceState source(Optional<RetrainStatus> before) throws IOException {
    Optional<String> unfinished =
        before.filter(status -> !status.isFinal()).flatMap(RetrainStatus::attempt);
    Optional<byte[]> record =
        unfinished.isPresent()
            ? folder.read(folder.file(unfinished.get(), SourceState.NAME))
            : Optional.empty();
    Optional<SourceState> again =
        record.isPresent()
            ? SourceState.again(context.plan().table(), record.get())
            : Optional.empty();
    return again.isPresent() ? again.get() : SourceState.now(context.plan().table());
  }

  /** What was decided when the run first met this state of the source, or is decided now. */
  private Attempt decide(SourceState source) throws IOException {
    Optional<Attempt> earlier = folder.attempt(source.digits());
    if (earlier.isPresent()) {
      return earlier.get();
    }
    String config = ResolvedConfig.hash(context.plan().config());
    Attempt decided = context.startingPoint().decide(config, source.sha256());
    folder.createAttempt(source.digits());
    folder.write(folder.file(source.digits(), SourceState.NAME), source.record());
    folder.write(folder.file(source.digits(), Attempt.NAME), decided.toJson());
    return decided;
  }

  /** A key names one window and one configuration; nothing of a run is touched by another's. */
  private void requireSame(RetrainStatus before) throws IOException {
    RunPlan plan = context.plan();
    Optional<Attempt> attempt =
        before.attempt().isPresent() ? folder.attempt(before.attempt().get()) : Optional.empty();
    String config = ResolvedConfig.hash(plan.config());
    boolean isSameConfig = attempt.filter(of -> !of.configSha256().equals(config)).isEmpty();
    if (!before.window().equals(plan.window()) || !isSameConfig) {
      throw ConfigException.of(
          "--run-key " + plan.key(),
          "this run is of %s%s; name another key, or leave it out to have one made of window and configuration"
              .formatted(before.window(), isSameConfig ? "" : " and of another configuration"));
    }
  }

  private RetrainResult judgeData(SourceState source, Attempt decided) throws IOException {
    journal.at(Stage.DATA);
    DataFindings data = new DataStage(context).judge(source.table());
    String reason = String.join("; ", data.verdict().reasons());
    return switch (data.verdict().kind()) {
      case TOO_LITTLE_OR_LATE -> context.ended(Outcome.LATE, reason, Optional.empty(), data);
      case BROKEN -> {
        Blessing blessing = ModelVerdict.refused(data.verdict());
        folder.write(folder.file(source.digits(), Blessing.FILE), blessing.toJson());
        byte[] report = Reports.ofRefusedData(context.plan().config().name(), blessing);
        folder.write(folder.file(source.digits(), Reports.FILE), report);
        yield context.ended(Outcome.REJECTED, reason, Optional.of(blessing), data);
      }
      case PASSED -> train(source, decided, data);
    };
  }

  private RetrainResult train(SourceState source, Attempt decided, DataFindings data)
      throws IOException {
    journal.at(Stage.TRAIN);
    RunConfig held = context.plan().config(data.holdout().orElseThrow());
    RunConfig config = context.startingPoint().applyTo(held, decided);
    RunDirectory directory = folder.training(source.digits());
    if (EndedRun.of(directory, config).isEmpty()) {
      boolean hasBegun = !folder.storage().list(directory.location()).isEmpty();
      TrainingRun.start(config, directory, hasBegun, source.version(), context.stop());
    }
    source.requireUnchanged();
    return new CandidateStages(context, source, decided, data, directory).run();
  }
}
