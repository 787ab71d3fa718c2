package io.hindsight.driver.lease;

import java.time.Duration;
import java.util.Optional;

/** A lease is another's; the message is for the user and says all. */
public final class LeaseException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean isHeld;

  private LeaseException(String message, boolean isHeld) {
    super(message);
    this.isHeld = isHeld;
  }

  static LeaseException held(String what, Claim by, Duration silence) {
    return new LeaseException(
        "%s is in use by %s, which is alive: wait until it has ended, or end it, and try again; had it been killed, its lease would be free after %d s"
            .formatted(what, by.describe(), silence.toSeconds()),
        true);
  }

  /**
   * The lease was lost.
   *
   * @param now who has it now; empty if its files are gone
   */
  static LeaseException lost(String what, Optional<Claim> now, Duration silence) {
    String next =
        now.isEmpty()
            ? "the files of its lease were deleted"
            : "%s has taken over%s, as any may after %d s without a sign of life"
                .formatted(
                    now.get().describe(),
                    now.get().isReleased() ? " and has ended since" : "",
                    silence.toSeconds());
    return new LeaseException(
        "this process no longer holds %s: %s; it ends without writing anything more there"
            .formatted(what, next),
        now.isPresent() && !now.get().isReleased());
  }

  /** Another of the same: thrown again from a close, one could not be added to itself. */
  static LeaseException again(LeaseException first) {
    return new LeaseException(first.getMessage(), first.isHeld);
  }

  static LeaseException released(String what) {
    return new LeaseException(
        "this process has given up %s and ends without writing anything more there".formatted(what),
        false);
  }

  /** Whether another holds it now; otherwise it may be had again. */
  public boolean isHeld() {
    return isHeld;
  }
}
