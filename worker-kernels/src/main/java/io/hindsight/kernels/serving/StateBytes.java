package io.hindsight.kernels.serving;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The state of a sequence as bytes, all big-endian:
 *
 * <pre>
 * offset  bytes
 * 0       4      "HSST"
 * 4       4      version of this format, 1
 * 8       8      fingerprint of the weights it was computed with
 * 16      4      N
 * 20      8·N    the numbers
 * 20+8·N  4      CRC-32C of all before
 * </pre>
 */
final class StateBytes {
  private static final int MAGIC = 0x48535354;
  private static final int VERSION = 1;
  private static final int HEADER = 20;
  private static final int AROUND = HEADER + Integer.BYTES;

  private StateBytes() {}

  static byte[] write(long fingerprint, double[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(AROUND + values.length * Double.BYTES);
    bytes.putInt(MAGIC).putInt(VERSION).putLong(fingerprint).putInt(values.length);
    for (double value : values) {
      bytes.putDouble(value);
    }
    return bytes.putInt(checksum(bytes.array())).array();
  }

  /**
   * The numbers.
   *
   * @throws IllegalArgumentException if they are not what {@link #write} wrote with these weights
   */
  static double[] read(byte[] all, long fingerprint) {
    if (all.length < AROUND || ByteBuffer.wrap(all).getInt() != MAGIC) {
      throw new IllegalArgumentException(
          "these %d bytes are not a saved state; begin with a new one".formatted(all.length));
    }
    ByteBuffer bytes = ByteBuffer.wrap(all, Integer.BYTES, all.length - Integer.BYTES);
    int version = bytes.getInt();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "the saved state has version %d, but this program reads version %d; restore it with the program that saved it"
              .formatted(version, VERSION));
    }
    if (bytes.getInt(all.length - Integer.BYTES) != checksum(all)) {
      throw new IllegalArgumentException(
          "the saved state is damaged: its checksum is another; begin with a new one");
    }
    requireSameWeights(bytes.getLong(), fingerprint);
    double[] values = new double[bytes.getInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes.getDouble();
    }
    return values;
  }

  private static void requireSameWeights(long found, long expected) {
    if (found != expected) {
      throw new IllegalArgumentException(
          "the state was saved with other weights (fingerprint %016x, this model's is %016x); begin with a new one, or let it read the sequence again"
              .formatted(found, expected));
    }
  }

  /** Of all but the last four bytes. */
  private static int checksum(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, bytes.length - Integer.BYTES);
    return (int) sum.getValue();
  }
}
