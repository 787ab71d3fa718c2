package io.hindsight.datasets.profile;

import io.hindsight.datasets.sums.Mergeable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * About the median time of rows: that of the rows with the smallest hashes of id and time, which
 * are the same rows whatever the partitions.
 */
final class MedianTime implements Mergeable<MedianTime> {
  private static final long serialVersionUID = 1L;
  private static final int SAMPLE = 1 << 9;

  private final TreeMap<Long, byte[]> sample = new TreeMap<>(); // time by hash

  /** Adds the time of a row, if it has one. */
  void add(ProfiledRow row) {
    byte[] time = row.time();
    if (time != null) {
      take(Mixing.with(Mixing.with(0, row.id()), time), time);
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
  public void merge(MedianTime other) {
    other.sample.forEach(this::take);
  }

  /** The time up to which about half of the rows are; null without times. */
  byte[] value() {
    List<byte[]> times = new ArrayList<>(sample.values());
    times.sort(Arrays::compareUnsigned);
    return times.isEmpty() ? null : times.get((times.size() - 1) / 2);
  }
}
