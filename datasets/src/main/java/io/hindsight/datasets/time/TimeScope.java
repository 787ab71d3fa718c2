package io.hindsight.datasets.time;

import io.hindsight.datasets.TimeWindow;
import java.io.Serializable;
import java.time.ZoneId;

/**
 * That times must be points in time, and which rows are read by them.
 *
 * @param zone of times that do not tell theirs
 * @param window that rows must lie in to be read; null if all are read
 * @param keys that need it beside data.window and data.split; empty if none does
 */
public record TimeScope(ZoneId zone, TimeWindow window, String keys) implements Serializable {
  /** What must hold of a time. */
  public String rule() {
    String who = keys.isEmpty() ? "data.window or data.split has dates" : keys + " is given";
    return "a time must be a timestamp or an ISO date where " + who;
  }

  /** What to do where it does not. */
  public String remedy() {
    return keys.isEmpty()
        ? "name a column of dates in data.time, or leave out data.window and split by time"
        : "name a column of dates in data.time, or leave out " + keys;
  }
}
