package io.hindsight.datasets.origins;

import io.hindsight.datasets.sums.Mergeable;
import java.time.Instant;
import java.util.Optional;

/** The earliest and the latest time of some targets, as the table writes them. */
public final class TargetTimes implements Mergeable<TargetTimes> {
  private static final long serialVersionUID = 1L;

  private Instant earliest = Instant.MAX;
  private Instant latest = Instant.MIN;
  private String from; // null before the first
  private String to;

  /** Of nothing. */
  TargetTimes() {}

  /** Adds a time; of two texts of one time the one that is less counts. */
  void add(Instant time, String text) {
    int first = time.compareTo(earliest);
    if (from == null || first < 0 || (first == 0 && text.compareTo(from) < 0)) {
      earliest = time;
      from = text;
    }
    int last = time.compareTo(latest);
    if (to == null || last > 0 || (last == 0 && text.compareTo(to) < 0)) {
      latest = time;
      to = text;
    }
  }

  @Override
  public void merge(TargetTimes other) {
    if (other.from != null) {
      add(other.earliest, other.from);
      add(other.latest, other.to);
    }
  }

  /** The earliest; absent where no time is a point in time. */
  public Optional<String> from() {
    return Optional.ofNullable(from);
  }

  /** The latest; absent where no time is a point in time. */
  public Optional<String> to() {
    return Optional.ofNullable(to);
  }
}
