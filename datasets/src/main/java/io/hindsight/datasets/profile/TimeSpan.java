package io.hindsight.datasets.profile;

import io.hindsight.datasets.sums.Mergeable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * The first and the last time of rows, and about the median: that of the rows with the smallest
 * hashes of id and time, which are the same rows whatever the partitions.
 */
final class TimeSpan implements Mergeable<TimeSpan> {
  private static final long serialVersionUID = 1L;
  private static final int SAMPLE = 1 << 9;

  private final TreeMap<Long, byte[]> sample = new TreeMap<>(); // time by hash
  private byte[] first; // null without a time, as all of these
  private byte[] last;
  private String earliest = "";
  private String latest = "";

  /** Adds the time of a row. */
  void add(ProfiledRow row) {
    byte[] time = row.time();
    if (time == null) {
      return;
    }
    take(time, row.timeText(), time, row.timeText());
    take(Mixing.with(Mixing.with(0, row.id()), time), time);
  }

  private void take(byte[] from, String fromText, byte[] to, String toText) {
    if (first == null || Arrays.compareUnsigned(from, first) < 0) {
      first = from;
      earliest = fromText;
    }
    if (last == null || Arrays.compareUnsigned(to, last) > 0) {
      last = to;
      latest = toText;
    }
  }

  private void take(long hash, byte[] time) {
    if (sample.size() < SAMPLE || hash < sample.lastKey()) {
      sample.put(hash, time);
    }
    if (sample.size() > SAMPLE) {
      sample.pollLastEntry();
    }
  }

  @Override
  public void merge(TimeSpan other) {
    if (other.first != null) {
      take(other.first, other.earliest, other.last, other.latest);
      other.sample.forEach(this::take);
    }
  }

  String earliest() {
    return earliest;
  }

  String latest() {
    return latest;
  }

  /** The time up to which about half of the rows are; null without times. */
  byte[] median() {
    List<byte[]> times = new ArrayList<>(sample.values());
    times.sort(Arrays::compareUnsigned);
    return times.isEmpty() ? null : times.get((times.size() - 1) / 2);
  }
}
