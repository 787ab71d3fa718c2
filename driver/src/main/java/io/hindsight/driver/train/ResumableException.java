package io.hindsight.driver.train;

import java.io.IOException;

/** A run ended before its time and can be continued; the message is for the user and says all. */
public final class ResumableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean wanted;

  private ResumableException(String message, boolean wanted, Throwable cause) {
    super(message, cause);
    this.wanted = wanted;
  }

  /**
   * The run was asked to stop, and its state is saved.
   *
   * @param step updates made
   * @param origin who asked
   */
  static ResumableException stopped(long step, String origin) {
    return new ResumableException(
        "interrupted at step %d by %s; its state is saved, continue with --resume"
            .formatted(step, origin),
        true,
        null);
  }

  /** A checkpoint could not be written; those before it stay. */
  static ResumableException unsaved(long step, RunDirectory directory, IOException cause) {
    return new ResumableException(
        "cannot save the checkpoint of step %d in %s: %s; make room or mend the storage, then continue with --resume"
            .formatted(step, directory.checkpoints(), cause),
        false,
        cause);
  }

  /** Whether somebody asked for it, rather than that something failed. */
  boolean isWanted() {
    return wanted;
  }
}
