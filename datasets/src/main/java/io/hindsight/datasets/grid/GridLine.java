package io.hindsight.datasets.grid;

import java.time.Duration;
import java.time.Instant;

/** Points in time that are one step apart each, numbered from the first, which is 0. */
public sealed interface GridLine permits EvenLine, DayLine, MonthLine, BusinessLine {
  /** How far, in steps, a row may lie from a point: clocks drift. */
  double TOLERANCE = 0.1;

  /** When a point is; numbers may be negative. */
  Instant at(long point);

  /** The number of a point that is not far from a time: the nearest is it, or is beside it. */
  long near(Instant time);

  /** The number of the point that is nearest to a time; of two the earlier. */
  default long nearest(Instant time) {
    long nearest = near(time);
    while (distance(nearest - 1, time) <= distance(nearest, time)) {
      nearest--;
    }
    while (distance(nearest + 1, time) < distance(nearest, time)) {
      nearest++;
    }
    return nearest;
  }

  /** Whether a time lies at a point, but for a tenth of the step towards it. */
  default boolean isAt(long point, Instant time) {
    Instant there = at(point);
    Instant beside = time.isBefore(there) ? at(point - 1) : at(point + 1);
    return distance(point, time) <= TOLERANCE * seconds(Duration.between(there, beside).abs());
  }

  private double distance(long point, Instant time) {
    return seconds(Duration.between(at(point), time).abs());
  }

  private static double seconds(Duration time) {
    return time.getSeconds() + time.getNano() * 1e-9;
  }
}
