package io.hindsight.datasets.profile;

import io.hindsight.datasets.sums.Mergeable;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;

/**
 * When the rows of a table are: the earliest and the latest time, and the newest of all different
 * times, whichever sequences have them.
 */
public final class RowTimes implements Mergeable<RowTimes> {
  private static final long serialVersionUID = 1L;

  private final int most;
  private final TreeSet<Instant> newest = new TreeSet<>();
  private Instant earliest; // null before the first

  /**
   * Of no rows.
   *
   * @param most how many of the newest times are kept, at least 1
   */
  public RowTimes(int most) {
    this.most = most;
  }

  /** Adds the time of a row. */
  public void add(Instant time) {
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
  public Optional<Instant> earliest() {
    return Optional.ofNullable(earliest);
  }

  /** The latest time; absent without rows. */
  public Optional<Instant> latest() {
    return newest.isEmpty() ? Optional.empty() : Optional.of(newest.last());
  }

  /**
   * One of the newest times.
   *
   * @param rank 1 for the latest, at most as many as are kept
   * @return absent if there are not so many
   */
  public Optional<Instant> newest(int rank) {
    return newest.descendingSet().stream().skip(rank - 1L).findFirst();
  }
}
