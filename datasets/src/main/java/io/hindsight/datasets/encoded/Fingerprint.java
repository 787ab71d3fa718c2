package io.hindsight.datasets.encoded;

import io.hindsight.kernels.batch.Sequence;
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
import java.util.List;

/**
 * The identity of encoded data: SHA-256 over ids, lengths, first targets and the raw bits of inputs
 * and targets, big-endian, each array preceded by its length (−1 where it is absent).
 */
final class Fingerprint {
  private static final int BUFFER = 1 << 16;

  private Fingerprint() {}

  /** The hash of several parts; moving a sequence to another part changes it. */
  @SafeVarargs
  static String of(List<Sequence>... parts) {
    MessageDigest digest = sha256();
    try (DataOutputStream out = into(digest)) {
      for (List<Sequence> part : parts) {
        out.writeInt(part.size());
        for (Sequence sequence : part) {
          write(out, sequence);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a digest in memory cannot fail", e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static DataOutputStream into(MessageDigest digest) {
    return new DataOutputStream(
        new BufferedOutputStream(
            new DigestOutputStream(OutputStream.nullOutputStream(), digest), BUFFER));
  }

  private static void write(DataOutputStream out, Sequence sequence) throws IOException {
    byte[] id = sequence.id().getBytes(StandardCharsets.UTF_8);
    out.writeInt(id.length);
    out.write(id);
    out.writeInt(sequence.length());
    out.writeInt(sequence.firstTarget());
    write(out, sequence.features());
    write(out, sequence.tokens());
    write(out, sequence.targets());
    write(out, sequence.classes());
  }

  private static void write(DataOutputStream out, double[] values) throws IOException {
    out.writeInt(values == null ? -1 : values.length);
    if (values != null) {
      int atOnce = Math.min(values.length, BUFFER / Double.BYTES);
      ByteBuffer bytes = ByteBuffer.allocate(atOnce * Double.BYTES);
      for (int from = 0; from < values.length; from += atOnce) {
        int count = Math.min(atOnce, values.length - from);
        bytes.asDoubleBuffer().put(values, from, count);
        out.write(bytes.array(), 0, count * Double.BYTES);
      }
    }
  }

  private static void write(DataOutputStream out, int[] values) throws IOException {
    out.writeInt(values == null ? -1 : values.length);
    if (values != null) {
      for (int value : values) {
        out.writeInt(value);
      }
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
