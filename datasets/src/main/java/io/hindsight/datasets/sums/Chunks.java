package io.hindsight.datasets.sums;

import java.io.Serializable;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A whole number of a few thousand bits, in chunks of 64 bits that begin 32 bits apart, as in the
 * small superaccumulator of R. Neal, "Fast exact summation using small and large superaccumulators"
 * (2015, arXiv:1505.05571):
 *
 * <pre>
 *   bit        0        32        64        96       128
 *   chunk 0    |--- 32 ---|xx room xx|
 *   chunk 1               |--- 32 ---|xx room xx|
 *   chunk 2                          |--- 32 ---|xx room xx|
 *
 *   number  =  Σ_i  chunk_i · 2^(32·i)      each chunk with a sign of its own
 * </pre>
 *
 * <p>A number of 53 bits meets two chunks, and changes neither by more than 2^52. So 2^10 of them
 * can be added before what is in the room must be carried to the next chunk. After a carry all
 * chunks but the highest are in [0, 2^32), which no other chunks of the same number are.
 */
final class Chunks implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Bits from the beginning of one chunk to the next. */
  private static final int SPACING = 32;

  private static final long LOW = 0xffff_ffffL;

  /**
   * 2^10 changes by 2^52, and 2^32 from the last carry of each of two that are merged: below 2^63.
   */
  private static final int BETWEEN_CARRIES = 1 << 10;

  /** What the highest chunk may hold when it comes from elsewhere. */
  private static final long HIGHEST = 1L << 62;

  private final long[] chunks;
  private int additions; // since the last carry

  /**
   * Zero.
   *
   * @param bits of the largest number; 2^63 such numbers can be added
   */
  Chunks(int bits) {
    this(new long[size(bits)]);
  }

  private Chunks(long[] chunks) {
    this.chunks = chunks;
  }

  /** The number of chunks of {@link #Chunks(int)}. */
  static int size(int bits) {
    return (bits + SPACING - 1) / SPACING + 1;
  }

  /**
   * Adds number · 2^position.
   *
   * @param number of 53 bits and a sign
   */
  void add(long number, int position) {
    if (additions == BETWEEN_CARRIES) {
      carry();
    }
    additions++;
    int chunk = position / SPACING;
    int shift = position % SPACING;
    chunks[chunk] += (number << shift) & LOW;
    chunks[chunk + 1] += number >> (SPACING - shift);
  }

  /**
   * Adds, or takes away, number · 2^position.
   *
   * @param number of 64 bits, without a sign
   * @param sign 1 or −1
   */
  void addUnsigned(long number, int position, int sign) {
    add(sign * (number & LOW), position);
    add(sign * (number >>> SPACING), position + SPACING);
  }

  /** Adds another number of as many bits. */
  void merge(Chunks other) {
    carry();
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] += other.chunks[i];
    }
    carry();
  }

  /** The number. */
  BigInteger value() {
    carry();
    int highest = chunks.length - 1;
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + highest * Integer.BYTES);
    bytes.putLong(chunks[highest]);
    for (int i = highest - 1; i >= 0; i--) {
      bytes.putInt((int) chunks[i]);
    }
    return new BigInteger(bytes.array());
  }

  /** The chunks, lowest first, after a carry: the same for the same number. */
  long[] toLongs() {
    carry();
    return chunks.clone();
  }

  /**
   * The number that {@link #toLongs} wrote.
   *
   * @param from where its chunks begin
   * @throws IllegalArgumentException if they are not as after a carry
   */
  static Chunks ofLongs(long[] longs, int from, int bits) {
    Chunks read = new Chunks(bits);
    int highest = read.chunks.length - 1;
    System.arraycopy(longs, from, read.chunks, 0, highest + 1);
    long last = read.chunks[highest];
    boolean carried = Arrays.stream(read.chunks, 0, highest).allMatch(c -> c >= 0 && c <= LOW);
    if (!carried || last < -HIGHEST || last > HIGHEST) {
      throw new IllegalArgumentException("chunks of an exact sum must be of 32 bits each");
    }
    return read;
  }

  /** The number of chunks that may hold more than 32 bits, as those of added numbers do. */
  static Chunks ofAdded(long[] longs) {
    Chunks read = new Chunks(longs.clone());
    read.carry();
    return read;
  }

  private void carry() {
    long carry = 0;
    int highest = chunks.length - 1;
    for (int i = 0; i < highest; i++) {
      long chunk = chunks[i] + carry;
      chunks[i] = chunk & LOW;
      carry = chunk >> SPACING;
    }
    chunks[highest] += carry;
    additions = 0;
  }
}
