package io.hindsight.driver.retrain;

import io.hindsight.driver.retrain.folder.Outcome;
import io.hindsight.driver.retrain.folder.RetrainStatus;
import io.hindsight.driver.retrain.folder.RunFolder;
import io.hindsight.driver.retrain.folder.Stage;
import io.hindsight.driver.run.ExitCode;
import io.hindsight.driver.train.ResumableException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in {@code status.json} where a retraining stands, and how it ended. */
final class RunJournal {
  private static final Logger LOG = LoggerFactory.getLogger(RunJournal.class);
  private static final String FAILED = "failed";
  private static final String INTERRUPTED = "interrupted";

  private final RunFolder folder;
  private final Clock clock;
  private RetrainStatus status;
  private boolean isBegun;

  private RunJournal(RunFolder folder, Clock clock, RetrainStatus begun) {
    this.folder = folder;
    this.clock = clock;
    this.status = begun;
  }

  /**
   * Of a run that begins, or begins again.
   *
   * @param clock only tells people when what happened; it may be wrong and jump
   */
  static RunJournal begin(RunFolder folder, RunPlan plan, Clock clock) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new RunJournal(
        folder, clock, RetrainStatus.begun(plan.key().text(), plan.window(), now));
  }

  /** Never before what was told last, though the clock may have been set back. */
  private Instant now() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return now.isBefore(status.updated()) ? status.updated() : now;
  }

  /** How it stands. */
  RetrainStatus status() {
    return status;
  }

  /** Whether anything was told. */
  boolean isBegun() {
    return isBegun;
  }

  /** Begins a stage. */
  void at(Stage stage) throws IOException {
    isBegun = true;
    status = status.at(stage, now());
    folder.write(status);
    LOG.info("retraining {}: {}", status.key(), stage.word());
  }

  /** The files of the run lie in this folder from now on. */
  void of(String attempt) {
    status = status.of(attempt);
  }

  /** It came to an end. */
  RetrainStatus ended(Outcome outcome, String reason, Optional<String> version) throws IOException {
    int code = outcome.exitCode(false).code();
    status = status.ended(outcome.word(), code, reason, version, now());
    folder.write(status);
    return status;
  }

  /**
   * It broke off. What an earlier start came to stays, if nothing was told of this one; a status
   * that cannot be written is logged, so that the failure itself stands.
   */
  RetrainStatus failed(Throwable failure) {
    ExitCode.Verdict verdict = ExitCode.judge(failure);
    boolean wanted = verdict.decisive() instanceof ResumableException end && end.isWanted();
    String reason = String.valueOf(verdict.decisive().getMessage());
    status =
        status.ended(
            wanted ? INTERRUPTED : FAILED, verdict.code().code(), reason, status.version(), now());
    try {
      if (isBegun) {
        folder.write(status);
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("cannot write the status of {}: {}", folder.location(), e.toString());
    }
    return status;
  }
}
