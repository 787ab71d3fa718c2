package io.hindsight.kernels.network;

import io.hindsight.kernels.parallel.RangeLoop;
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
    return fingerprint(RangeLoop.SERIAL);
  }

  /**
   * The same fingerprint, of weights that several threads may read: that of the fingerprints of
   * chunks of {@link RangeLoop#CHUNK}, or of the only chunk.
   */
  public long fingerprint(RangeLoop loop) {
    if (values.length <= RangeLoop.CHUNK) {
      return fingerprint(values);
    }
    long[] ofChunks = new long[(values.length - 1) / RangeLoop.CHUNK + 1];
    loop.run(values.length, (from, end) -> fingerprints(from, end, ofChunks));
    long all = values.length;
    for (long ofChunk : ofChunks) {
      all = stir(mix(all, ofChunk));
    }
    return all;
  }

  private void fingerprints(int from, int end, long[] ofChunks) {
    for (int first = from; first < end; first += RangeLoop.CHUNK) {
      int last = Math.min(end, first + RangeLoop.CHUNK);
      ofChunks[first / RangeLoop.CHUNK] = fingerprint(values, first, last);
    }
  }

  /** The fingerprint of any array of doubles, in one chunk. */
  public static long fingerprint(double[] values) {
    return fingerprint(values, 0, values.length);
  }

  private static long fingerprint(double[] values, int from, int end) {
    long h0 = end - from; // four chains, since each must wait for its multiplications
    long h1 = 0x9E3779B97F4A7C15L;
    long h2 = 0x3C6EF372FE94F82AL;
    long h3 = 0xDAA66D2C7DDF743FL;
    int fours = from + (end - from & ~3);
    for (int i = from; i < fours; i += 4) {
      h0 = mix(h0, Double.doubleToRawLongBits(values[i]));
      h1 = mix(h1, Double.doubleToRawLongBits(values[i + 1]));
      h2 = mix(h2, Double.doubleToRawLongBits(values[i + 2]));
      h3 = mix(h3, Double.doubleToRawLongBits(values[i + 3]));
    }
    for (int i = fours; i < end; i++) {
      h0 = mix(h0, Double.doubleToRawLongBits(values[i]));
    }
    return stir(stir(stir(stir(h0) ^ h1) ^ h2) ^ h3);
  }

  /** One-to-one in the hash for each word, and in the word for each hash. */
  private static long mix(long hash, long word) {
    long product = (hash ^ word) * 0x9FB21C651E98DF25L;
    return product ^ (product >>> 32);
  }

  /** One-to-one, and each bit of the result depends on nearly all. */
  private static long stir(long hash) {
    long h = (hash ^ (hash >>> 29)) * 0xBF58476D1CE4E5B9L;
    h = (h ^ (h >>> 32)) * 0xD6E8FEB86659FD93L;
    return h ^ (h >>> 31);
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
