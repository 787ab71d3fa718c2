package io.hindsight.datasets.time;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.sums.Mergeable;
import java.util.Arrays;

/** How often each distance between neighbouring times occurs; most tables have few. */
public final class Distances implements Mergeable<Distances> {
  private static final long serialVersionUID = 1L;
  private static final int FEWEST = 16; // slots, a power of two
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long[] bits = new long[FEWEST]; // of the distance in each slot
  private long[] counts = new long[FEWEST]; // 0 where the slot is empty
  private int distinct;
  private long total;

  /** Adds the distances of a sequence whose times can be read as the step needs. */
  public void add(RawSequence raw, TimeStep one) {
    if (!raw.times().isEmpty()) {
      add(SequenceTimes.of(raw), one);
    }
  }

  /** The same. */
  void add(SequenceTimes times, TimeStep one) {
    double[] positions = times.positions(one).orElseThrow();
    long run = 0;
    for (int i = 1; i < positions.length; i++) {
      double distance = positions[i] - positions[i - 1];
      run++;
      if (i + 1 == positions.length || positions[i + 1] - positions[i] != distance) {
        add(distance, run);
        run = 0;
      }
    }
  }

  private void add(double distance, long times) {
    if (2 * distinct >= bits.length) {
      grow();
    }
    long key = Double.doubleToLongBits(distance);
    int slot = slot(key);
    while (counts[slot] > 0 && bits[slot] != key) {
      slot = (slot + 1) & (bits.length - 1);
    }
    distinct += counts[slot] == 0 ? 1 : 0;
    bits[slot] = key;
    counts[slot] += times;
    total += times;
  }

  private int slot(long key) {
    // the highest bits of the product, as many as count slots
    return (int) ((key * GOLDEN) >>> (Long.numberOfLeadingZeros(bits.length) + 1));
  }

  private void grow() {
    Distances larger = new Distances();
    larger.bits = new long[2 * bits.length];
    larger.counts = new long[2 * bits.length];
    larger.merge(this);
    bits = larger.bits;
    counts = larger.counts;
  }

  @Override
  public void merge(Distances other) {
    for (int slot = 0; slot < other.counts.length; slot++) {
      if (other.counts[slot] > 0) {
        add(Double.longBitsToDouble(other.bits[slot]), other.counts[slot]);
      }
    }
  }

  /** All, each as often as it occurs. */
  long total() {
    return total;
  }

  /** The different ones in ascending order. */
  double[] ascending() {
    double[] values = new double[distinct];
    int n = 0;
    for (int slot = 0; slot < counts.length; slot++) {
      if (counts[slot] > 0) {
        values[n++] = Double.longBitsToDouble(bits[slot]);
      }
    }
    Arrays.sort(values);
    return values;
  }

  /** How often each of these occurs. */
  long[] counts(double[] distances) {
    return Arrays.stream(distances).mapToLong(this::count).toArray();
  }

  private long count(double distance) {
    long key = Double.doubleToLongBits(distance);
    int slot = slot(key);
    while (bits[slot] != key || counts[slot] == 0) {
      slot = (slot + 1) & (bits.length - 1);
    }
    return counts[slot];
  }
}
