package io.hindsight.driver.train;

import java.io.IOException;
import java.time.Duration;

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
  public static ResumableException stopped(long step, String origin) {
    return new ResumableException(
        "interrupted at step %d by %s; its state is saved, continue with --resume"
            .formatted(step, origin),
        true,
        null);
  }

  /**
   * The run was asked to stop before it had begun to train.
   *
   * @param origin who asked
   */
  public static ResumableException beforeTraining(String origin) {
    return new ResumableException(
        "interrupted by %s before training began; nothing was changed, run it again"
            .formatted(origin),
        true,
        null);
  }

  /**
   * The run was asked to stop while it did something that takes up no state.
   *
   * @param what it did, such as "its data were read"
   * @param origin who asked
   */
  public static ResumableException brokenOff(String what, String origin) {
    return new ResumableException(
        "interrupted by %s while %s; continue with --resume".formatted(origin, what), true, null);
  }

  /**
   * Who makes several runs was asked to stop between two.
   *
   * @param origin who asked
   */
  public static ResumableException betweenRuns(String origin) {
    return new ResumableException(
        "interrupted by %s between two runs; the same command again goes on with the next"
            .formatted(origin),
        true,
        null);
  }

  /**
   * The run was asked to stop and did not.
   *
   * @param origin who asked
   * @param waited for its end
   */
  public static ResumableException leftBehind(String origin, Duration waited) {
    return new ResumableException(
        "interrupted by %s; the run has not stopped within %d s and is left, continue from its newest checkpoint with --resume"
            .formatted(origin, waited.toSeconds()),
        true,
        null);
  }

  /**
   * Something could not be written, as on a full disk; the checkpoints before it stay.
   *
   * @param what of which step, and where
   */
  public static ResumableException unwritten(String what, IOException cause) {
    boolean plain = cause.getClass() == IOException.class; // others say half of it by their name
    return new ResumableException(
        "cannot write %s: %s; make room or mend the storage, then continue with --resume"
            .formatted(what, plain ? cause.getMessage() : cause),
        false,
        cause);
  }

  /**
   * Something that was saved could not be read.
   *
   * @param what it is
   */
  public static ResumableException unread(String what, IOException cause) {
    return new ResumableException(
        "cannot read %s: %s; mend the storage, then continue with --resume".formatted(what, cause),
        false,
        cause);
  }

  /** Whether somebody asked for it, rather than that something failed. */
  public boolean isWanted() {
    return wanted;
  }
}
