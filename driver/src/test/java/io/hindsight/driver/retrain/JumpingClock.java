package io.hindsight.driver.retrain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that is set back each time it is read. */
final class JumpingClock extends Clock {
  private Instant now;
  private final Duration back;

  JumpingClock(Instant start, Duration back) {
    this.now = start;
    this.back = back;
  }

  @Override
  public Instant instant() {
    now = now.minus(back);
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("points in time only");
  }
}
