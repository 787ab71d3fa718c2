package io.hindsight.kernels.network;

import java.util.Arrays;

/** The weights of a network: one flat array, and the layout that names its parts. */
public final class Parameters {
  private final ParameterLayout layout;
  private final double[] values; // (P)

  /** All zero. */
  public Parameters(ParameterLayout layout) {
    this(layout, new double[layout.size()]);
  }

  /**
   * Wraps an array without copying it.
   *
   * @param values (P)
   * @throws IllegalArgumentException if the length is not the layout's
   */
  public Parameters(ParameterLayout layout, double[] values) {
    if (values.length != layout.size()) {
      throw new IllegalArgumentException(
          "the network has %d parameters, but the array has %d"
              .formatted(layout.size(), values.length));
    }
    this.layout = layout;
    this.values = values;
  }

  /** Names, offsets and shapes of the blocks. */
  public ParameterLayout layout() {
    return layout;
  }

  /** The live array // (P): writes change the network. */
  public double[] values() {
    return values;
  }

  /** Takes over the values of the same network. */
  public void copyFrom(Parameters other) {
    System.arraycopy(other.values, 0, values, 0, values.length);
  }

  /** An independent copy. */
  public Parameters copy() {
    return new Parameters(layout, values.clone());
  }

  /**
   * A 64-bit fingerprint of the bits, cheap enough to take at every step: it tells one step's
   * weights from another's. It is no cryptographic hash; the model's SHA-256 is.
   */
  public long fingerprint() {
    return fingerprint(values);
  }

  /** The fingerprint of any array of doubles. */
  public static long fingerprint(double[] values) {
    long h0 = values.length;
    long h1 = 0x9E3779B97F4A7C15L;
    int even = values.length & ~1;
    for (int i = 0; i < even; i += 2) {
      h0 = (h0 ^ Double.doubleToRawLongBits(values[i])) * 0x9FB21C651E98DF25L;
      h1 = (h1 ^ Double.doubleToRawLongBits(values[i + 1])) * 0xD6E8FEB86659FD93L;
      h0 ^= h0 >>> 32;
      h1 ^= h1 >>> 29;
    }
    if (even < values.length) {
      h0 = (h0 ^ Double.doubleToRawLongBits(values[even])) * 0x9FB21C651E98DF25L;
    }
    long h = h0 ^ Long.rotateLeft(h1, 31);
    return (h ^ (h >>> 28)) * 0xBF58476D1CE4E5B9L;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Parameters that
        && layout.spec().equals(that.layout.spec())
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }
}
