package io.hindsight.datasets.encoded;

import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.files.Sha256;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.datasets.windows.WindowHash;
import io.hindsight.kernels.batch.Window;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The identity of encoded data, summed wherever its sequences are: of each part their number, and
 * the sum of their {@link WindowHash} modulo 2²⁵⁶, which is the same in any order and from any
 * tasks.
 */
public final class Fingerprint implements Mergeable<Fingerprint> {
  private static final long serialVersionUID = 1L;
  private static final int PARTS = Part.values().length;
  private static final int WORDS = 8; // of 32 bits, the lowest last

  private final long[] counts = new long[PARTS];
  private final int[] sums = new int[PARTS * WORDS];

  /** Adds a sequence of a part; each must come once. */
  public void add(Part part, Window window) {
    add(part, WindowHash.of(window));
  }

  /** Takes a window by its hash. */
  void add(Part part, byte[] hash) {
    counts[part.ordinal()]++;
    int[] words = new int[WORDS];
    ByteBuffer.wrap(hash).asIntBuffer().get(words);
    add(part.ordinal(), words, 0);
  }

  private void add(int part, int[] words, int from) {
    long carry = 0;
    for (int word = WORDS - 1; word >= 0; word--) {
      int at = part * WORDS + word;
      carry += Integer.toUnsignedLong(sums[at]) + Integer.toUnsignedLong(words[from + word]);
      sums[at] = (int) carry;
      carry >>>= Integer.SIZE;
    }
  }

  @Override
  public void merge(Fingerprint other) {
    for (int part = 0; part < PARTS; part++) {
      counts[part] += other.counts[part];
      add(part, other.sums, part * WORDS);
    }
  }

  /** As {@link #text(String)} of values alone. */
  String text() {
    return text("");
  }

  /**
   * SHA-256, in hexadecimal, over numbers and sums; moving a sequence to another part changes it.
   *
   * @param meaning of the values, if the identity depends on it, too; else empty
   */
  String text(String meaning) {
    ByteBuffer all = ByteBuffer.allocate(PARTS * (Long.BYTES + WORDS * Integer.BYTES));
    for (int part = 0; part < PARTS; part++) {
      all.putLong(counts[part]);
      for (int word = 0; word < WORDS; word++) {
        all.putInt(sums[part * WORDS + word]);
      }
    }
    MessageDigest digest = Sha256.digest();
    digest.update(all.array());
    return Sha256.hex(digest.digest(meaning.getBytes(StandardCharsets.UTF_8)));
  }
}
