package io.hindsight.datasets.profile;

import io.hindsight.datasets.sums.Mergeable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * When the rows of a table are: the earliest and the latest time, and the newest of all different
 * times, whichever sequences have them.
 */
final class RowTimes implements Mergeable<RowTimes> {
  private static final long serialVersionUID = 1L;

  private final int most;
  private final TreeSet<Instant> newest = new TreeSet<>();
  private Instant earliest; // null before the first

  /**
   * Of no rows.
   *
   * @param most how many of the newest times are kept, at least 1
   */
  RowTimes(int most) {
    this.most = most;
  }

  /** Adds the time of a row. */
  void add(Instant time) {
    earliest = earliest == null || time.isBefore(earliest) ? time : earliest;
    if (newest.size() < most || time.isAfter(newest.first())) {
      keep(time);
    }
  }

  private void keep(Instant time) {
    newest.add(time);
    if (newest.size() > most) {
      newest.pollFirst();
    }
  }

  @Override
  public void merge(RowTimes other) {
    if (other.earliest != null) {
      earliest = earliest == null || other.earliest.isBefore(earliest) ? other.earliest : earliest;
      other.newest.forEach(this::keep);
    }
  }

  /** The earliest time; absent without rows. */
  Optional<Instant> earliest() {
    return Optional.ofNullable(earliest);
  }

  /** The latest time; absent without rows. */
  Optional<Instant> latest() {
    return newest.isEmpty() ? Optional.empty() : Optional.of(newest.last());
  }

  /** The newest times that are kept, the latest first. */
  List<Instant> newest() {
    return List.copyOf(newest.descendingSet());
  }
}
