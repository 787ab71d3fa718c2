package io.hindsight.datasets.time;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.RowChanges;
import io.hindsight.datasets.sums.Mergeable;
import java.time.Instant;
import java.util.Optional;

/** How many rows and sequences of a table were read, and between which points in time they are. */
public final class TimeBounds implements Mergeable<TimeBounds> {
  private static final long serialVersionUID = 1L;

  private long rows;
  private long sequences;
  private boolean readable = true; // whether all times are points in time
  private Instant earliest = Instant.MAX;
  private Instant latest = Instant.MIN;

  /** Of nothing. */
  public TimeBounds() {}

  /**
   * Those of a table.
   *
   * @param earliest absent where not all times are points in time
   * @param latest likewise
   */
  public static TimeBounds of(
      long rows, long sequences, Optional<Instant> earliest, Optional<Instant> latest) {
    TimeBounds bounds = new TimeBounds();
    bounds.rows = rows;
    bounds.sequences = sequences;
    bounds.readable = earliest.isPresent() && latest.isPresent();
    bounds.earliest = earliest.orElse(Instant.MAX);
    bounds.latest = latest.orElse(Instant.MIN);
    return bounds;
  }

  /**
   * Adds a sequence, whose times ascend.
   *
   * @param reader of times
   */
  public void add(RawSequence raw, InstantReader reader) {
    RowChanges changes = RowChanges.of(raw);
    rows += raw.length() + changes.merged() - changes.inserted();
    sequences++;
    if (!raw.times().isEmpty()) {
      Optional<Instant> first = reader.read(raw.times().get(0));
      Optional<Instant> last = reader.read(raw.times().get(raw.times().size() - 1));
      readable &= first.isPresent() && last.isPresent();
      add(first.orElse(Instant.MAX), last.orElse(Instant.MIN));
    }
  }

  private void add(Instant first, Instant last) {
    earliest = first.isBefore(earliest) ? first : earliest;
    latest = last.isAfter(latest) ? last : latest;
  }

  @Override
  public void merge(TimeBounds other) {
    rows += other.rows;
    sequences += other.sequences;
    readable &= other.readable;
    add(other.earliest, other.latest);
  }

  /** Rows that were read, also those of sequences that take no part. */
  public long rows() {
    return rows;
  }

  /** Sequences that were read, also those that take no part. */
  public long sequences() {
    return sequences;
  }

  /** The earliest time; absent if rows have none, or not all are points in time. */
  public Optional<Instant> earliest() {
    return readable && !latest.isBefore(earliest) ? Optional.of(earliest) : Optional.empty();
  }

  /** The latest time; absent if rows have none, or not all are points in time. */
  public Optional<Instant> latest() {
    return earliest().map(known -> latest);
  }

  /** Both times, for people; absent if they are not known. */
  public Optional<String> text() {
    return earliest().map(first -> "from " + first + " to " + latest);
  }
}
