package io.hindsight.driver.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.Spacing;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.export.card.CardFacts;
import io.hindsight.driver.export.card.ModelCard;
import io.hindsight.driver.lease.LeaseException;
import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.model.Json;
import io.hindsight.driver.model.ModelDescription;
import io.hindsight.driver.model.ModelStore;
import io.hindsight.driver.model.WeightsHash;
import io.hindsight.driver.monitoring.RunMonitor;
import io.hindsight.driver.predict.Evaluation;
import io.hindsight.driver.predict.EvaluationJson;
import io.hindsight.driver.report.Reports;
import io.hindsight.driver.report.run.RunFigures;
import io.hindsight.driver.storage.WriteRetry;
import io.hindsight.driver.train.Repairs;
import io.hindsight.driver.train.ResumableException;
import io.hindsight.driver.train.TrainingState;
import io.hindsight.kernels.network.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what a run came to, and how it ended. */
final class RunReport {
  private static final Logger LOG = LoggerFactory.getLogger(RunReport.class);

  /**
   * How far a run that failed had come.
   *
   * @param steps updates made
   * @param repairs what it had done about steps that were not finite
   */
  record Made(long steps, Repairs repairs) {
    /** Not begun. */
    static final Made NOTHING = new Made(0, Repairs.NONE);

    /** As the state of a loop tells. */
    static Made of(TrainingState state) {
      return new Made(state.step(), state.repairs());
    }
  }

  private RunReport() {}

  /**
   * Publishes its model. A run that was killed after this, and resumed, finds the model that it
   * would write again; so does a second attempt at a write whose answer was lost.
   */
  static void publish(RunDirectory directory, ModelDescription description, Parameters result)
      throws IOException {
    ModelStore store = directory.models();
    String location = directory.model();
    new WriteRetry()
        .write(
            location,
            () -> {
              if (!directory.hasModel()
                  || !store.load(location).weightsSha256().equals(WeightsHash.of(result))) {
                store.save(location, description, result);
              }
            });
  }

  /** Keeps what the model reaches beside simple answers. */
  static void evaluated(RunDirectory directory, Evaluation.Report report) {
    keep(directory, directory.evaluation(), EvaluationJson.of(report));
  }

  /** Keeps some of the model's answers; that they cannot be written is no fault of the run. */
  static void shown(RunDirectory directory, ObjectNode examples) {
    try {
      keep(directory, directory.examples(), examples);
    } catch (UncheckedIOException e) {
      LOG.warn("{}", e.getMessage(), e.getCause());
    }
  }

  private static void keep(RunDirectory directory, String file, ObjectNode node) {
    try {
      byte[] json = Json.pretty(node);
      new WriteRetry().write(file, () -> directory.storage().replace(file, json));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** Writes the card of its model; one that cannot be written is no fault of the run. */
  static void card(
      RunDirectory directory,
      RunConfig config,
      ModelDescription description,
      TrainingSession.Scored scored,
      ObjectNode data) {
    CardFacts facts =
        new CardFacts(
            config,
            description,
            WeightsHash.of(scored.weights()),
            scored.evaluation().map(EvaluationJson::of),
            Optional.empty(),
            Optional.of(data));
    try {
      directory.storage().replace(directory.card(), ModelCard.of(facts));
    } catch (IOException | RuntimeException e) {
      LOG.warn("cannot write {}: {}", directory.card(), e.toString());
    }
  }

  /**
   * After the model is published.
   *
   * @param monitor is told
   */
  static void completed(
      RunDirectory directory, TrainingResult result, Optional<Spacing> spacing, RunMonitor monitor)
      throws IOException {
    StatusFile status =
        new StatusFile(
            "completed",
            ExitCode.OK.code(),
            "trained",
            Optional.of(result.weightsSha256()),
            result.steps(),
            result.metrics(),
            spacing.map(Spacing::toJson),
            result.data());
    report(directory, status, monitor);
    new WriteRetry()
        .write(directory.status(), () -> status.write(directory.storage(), directory.status()));
  }

  /**
   * After a failure; one that cannot be written is logged, so that the failure itself stands.
   *
   * @param asked whether the run had been asked to stop, which may be why something failed
   * @param monitor is told
   */
  static void failed(
      RunDirectory directory,
      Throwable failure,
      boolean asked,
      Made made,
      Optional<Spacing> spacing,
      RunMonitor monitor) {
    ExitCode.Verdict verdict = ExitCode.judge(failure);
    String state = state(verdict, asked);
    String reason = String.valueOf(verdict.decisive().getMessage());
    int code = verdict.code().code();
    StatusFile status =
        new StatusFile(
            state,
            code,
            reason,
            Optional.empty(),
            made.steps(),
            made.repairs().counts(),
            spacing.map(Spacing::toJson));
    report(directory, status, monitor);
    try {
      status.write(directory.storage(), directory.status());
    } catch (IOException | LeaseException e) {
      LOG.error("cannot write {}: {}", directory.status(), e.toString());
    }
  }

  /**
   * A picture that cannot be written is no fault of the run, which tells all in its status; others
   * are told of the end all the same.
   */
  private static void report(RunDirectory directory, StatusFile status, RunMonitor monitor) {
    try {
      RunFigures figures = RunFigures.of(directory, Optional.of(status));
      Reports.write(directory, figures);
      monitor.write(directory, figures);
    } catch (RuntimeException e) {
      LOG.warn("cannot write {}: {}", directory.report(), e.toString());
    }
    monitor.ended(status);
  }

  private static String state(ExitCode.Verdict verdict, boolean asked) {
    boolean wanted = verdict.decisive() instanceof ResumableException end && end.isWanted();
    if (wanted || asked && verdict.code() == ExitCode.RETRYABLE) {
      return "interrupted";
    }
    return verdict.code() == ExitCode.DIVERGED ? "diverged" : "failed";
  }
}
