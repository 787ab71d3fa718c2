package io.hindsight.datasets.spec;

import io.hindsight.datasets.TimeWindow;
import io.hindsight.datasets.grid.TimeRules;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Which rows of a table are read, and how their times are understood.
 *
 * @param zone of times that do not tell theirs
 * @param window that rows must lie in; absent if all are read
 * @param retrain the window that a retraining reads in place of all rows; not beside a window
 * @param rules what is made of the times
 */
public record Scope(
    ZoneId zone, Optional<TimeWindow> window, Optional<RetrainWindow> retrain, TimeRules rules) {
  /** All rows, with times of UTC. */
  public static final Scope ALL = new Scope(ZoneOffset.UTC, Optional.empty(), Optional.empty());

  /** Rows that are read as they are. */
  public Scope(ZoneId zone, Optional<TimeWindow> window, Optional<RetrainWindow> retrain) {
    this(zone, window, retrain, TimeRules.NONE);
  }

  /** The same, read in another window, if any, by a retraining too. */
  public Scope within(Optional<TimeWindow> other) {
    return new Scope(zone, other, Optional.empty(), rules);
  }

  /** The same, of whose times other things are made. */
  public Scope with(TimeRules others) {
    return new Scope(zone, window, retrain, others);
  }
}
