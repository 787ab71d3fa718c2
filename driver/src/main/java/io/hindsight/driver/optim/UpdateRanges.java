package io.hindsight.driver.optim;

import java.util.Arrays;

/** Which weights an update touches: ranges of the flat array, and which of them decay. */
public final class UpdateRanges {
  private int[] bounds = new int[16]; // from and end of each
  private boolean[] decays = new boolean[8];
  private int count;

  /** Of no weight. */
  public UpdateRanges() {}

  /** All of P weights, which decay. */
  public static UpdateRanges all(int parameters) {
    return new UpdateRanges().add(0, parameters, true);
  }

  /** Forgets all. */
  public void clear() {
    count = 0;
  }

  /** Adds the weights [from, end), which come after those there are, and returns this. */
  public UpdateRanges add(int from, int end, boolean decay) {
    int last = count - 1;
    if (count > 0 && end(last) == from && decays[last] == decay) {
      bounds[2 * last + 1] = end;
      return this;
    }
    if (count == decays.length) {
      bounds = Arrays.copyOf(bounds, 2 * bounds.length);
      decays = Arrays.copyOf(decays, 2 * count);
    }
    bounds[2 * count] = from;
    bounds[2 * count + 1] = end;
    decays[count++] = decay;
    return this;
  }

  /** Adds all ranges of another, and returns this. */
  public UpdateRanges add(UpdateRanges others) {
    for (int i = 0; i < others.count; i++) {
      add(others.from(i), others.end(i), others.decays(i));
    }
    return this;
  }

  /** How many weights they have together. */
  int size() {
    int size = 0;
    for (int i = 0; i < count; i++) {
      size += end(i) - from(i);
    }
    return size;
  }

  /** The first range that ends after this weight; their number if there is none. */
  int firstAfter(int weight) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (end(middle) <= weight) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** How many there are. */
  int count() {
    return count;
  }

  /** The first weight of a range. */
  int from(int range) {
    return bounds[2 * range];
  }

  /** The weight after the last of a range. */
  int end(int range) {
    return bounds[2 * range + 1];
  }

  /** Whether the weights of a range decay. */
  boolean decays(int range) {
    return decays[range];
  }
}
