package io.hindsight.driver.retrain.folder;

import io.hindsight.driver.run.ExitCode;
import java.util.Locale;

/** What a retraining came to. */
public enum Outcome {
  /** The candidate is the champion. */
  PROMOTED,
  /** The candidate is blessed and a version, and the champion was left as it is. */
  PUBLISHED,
  /** A gate refused the data or the candidate; the champion was left as it is. */
  REJECTED,
  /** The same run has come to its verdict before, from the same data. */
  UNCHANGED,
  /** There is no, too little or too old data; it is worth trying again later. */
  LATE;

  /** In lower case, as files have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What the process ends with.
   *
   * @param failOnReject whether a refusal is told to the scheduler
   */
  public ExitCode exitCode(boolean failOnReject) {
    return switch (this) {
      case LATE -> ExitCode.LATE;
      case REJECTED -> failOnReject ? ExitCode.REJECTED : ExitCode.OK;
      default -> ExitCode.OK;
    };
  }
}
