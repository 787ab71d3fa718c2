package io.hindsight.datasets.grid;

import java.time.Duration;
import java.time.Instant;

/**
 * Points of equal distance.
 *
 * @param seconds from one to the next
 */
record EvenLine(Instant first, long seconds) implements GridLine {
  @Override
  public Instant at(long point) {
    return first.plusSeconds(Math.multiplyExact(seconds, point));
  }

  @Override
  public long near(Instant time) {
    return Math.floorDiv(Duration.between(first, time).getSeconds(), seconds);
  }
}
