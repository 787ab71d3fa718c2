package io.hindsight.datasets;

import java.io.Serializable;
import java.time.Instant;

/**
 * A span of time that is half open: what is at its start lies in it, what is at its end does not.
 *
 * @param from the start
 * @param to the end, after the start
 */
public record TimeWindow(Instant from, Instant to) implements Serializable {
  public TimeWindow {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "a window must begin before %s, not at %s".formatted(to, from));
    }
  }

  /** Whether a point in time lies in it. */
  public boolean contains(Instant time) {
    return !time.isBefore(from) && time.isBefore(to);
  }

  /** {@code 2026-01-01T00:00:00Z to before 2026-02-01T00:00:00Z}, for people. */
  @Override
  public String toString() {
    return from + " to before " + to;
  }
}
