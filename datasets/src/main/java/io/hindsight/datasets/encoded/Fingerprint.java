package io.hindsight.datasets.encoded;

import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The identity of encoded data, summed wherever its sequences are: of each part their number, and
 * the sum of their SHA-256 modulo 2²⁵⁶, which is the same in any order and from any tasks.
 *
 * <p>A sequence is hashed as its id, length, first scored step and the raw bits of inputs and
 * targets, big-endian, each array preceded by its length (−1 where it is absent); and if there are
 * any, categories, numbers of the sequence and its categories, and weights of targets.
 */
public final class Fingerprint implements Mergeable<Fingerprint> {
  private static final long serialVersionUID = 1L;
  private static final int BUFFER = 1 << 13;
  private static final int PARTS = Part.values().length;
  private static final int WORDS = 8; // of 32 bits, the lowest last

  private final long[] counts = new long[PARTS];
  private final int[] sums = new int[PARTS * WORDS];

  /** Adds a sequence of a part; each must come once. */
  public void add(Part part, Window window) {
    counts[part.ordinal()]++;
    ByteBuffer hash = ByteBuffer.wrap(hash(window));
    int[] words = new int[WORDS];
    hash.asIntBuffer().get(words);
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
    MessageDigest digest = sha256();
    digest.update(all.array());
    return HexFormat.of().formatHex(digest.digest(meaning.getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] hash(Window window) {
    MessageDigest digest = sha256();
    OutputStream hashed = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
    try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(hashed, BUFFER))) {
      write(out, window);
    } catch (IOException e) {
      throw new UncheckedIOException("a digest in memory cannot fail", e);
    }
    return digest.digest();
  }

  private static void write(DataOutputStream out, Window window) throws IOException {
    byte[] id = window.id().getBytes(StandardCharsets.UTF_8);
    out.writeInt(id.length);
    out.write(id);
    out.writeInt(window.steps());
    out.writeInt(window.scoredFrom());
    Sequence sequence = window.sequence();
    write(out, sequence.features(), window);
    write(out, sequence.tokens(), window);
    write(out, sequence.targets(), window);
    write(out, sequence.classes(), window);
    if (sequence.categoryWidth() > 0 || !sequence.statics().isEmpty()) {
      writeBeside(out, window);
    }
    if (sequence.weights() != null) {
      write(out, sequence.weights(), window);
    }
  }

  private static void writeBeside(DataOutputStream out, Window window) throws IOException {
    Sequence sequence = window.sequence();
    int width = sequence.categoryWidth();
    out.writeInt(window.steps() * width);
    int end = (window.start() + window.steps()) * width;
    for (int i = window.start() * width; i < end; i++) {
      out.writeInt(sequence.categories()[i]);
    }
    out.writeInt(sequence.statics().features().length);
    for (double number : sequence.statics().features()) {
      out.writeDouble(number);
    }
    out.writeInt(sequence.statics().categories().length);
    for (int id : sequence.statics().categories()) {
      out.writeInt(id);
    }
  }

  /** The values of the window's steps, of which each has as many. */
  private static void write(DataOutputStream out, double[] values, Window window)
      throws IOException {
    if (values == null) {
      out.writeInt(-1);
      return;
    }
    int width = values.length / window.sequence().length();
    int end = (window.start() + window.steps()) * width;
    int atOnce = Math.min(window.steps() * width, BUFFER / Double.BYTES);
    out.writeInt(window.steps() * width);
    ByteBuffer bytes = ByteBuffer.allocate(atOnce * Double.BYTES);
    for (int from = window.start() * width; from < end; from += atOnce) {
      int count = Math.min(atOnce, end - from);
      bytes.asDoubleBuffer().put(values, from, count);
      out.write(bytes.array(), 0, count * Double.BYTES);
    }
  }

  private static void write(DataOutputStream out, int[] values, Window window) throws IOException {
    out.writeInt(values == null ? -1 : window.steps());
    for (int step = 0; values != null && step < window.steps(); step++) {
      out.writeInt(values[window.start() + step]);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
