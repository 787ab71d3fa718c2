package io.hindsight.driver.monitoring.tensorboard;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Records of a TFRecord file, all numbers in little-endian order:
 *
 * <pre>
 * uint64 length | uint32 masked CRC-32C of the length | length bytes | uint32 masked CRC-32C of them
 * </pre>
 *
 * <p>A mask rotates the checksum to the right by 15 bits and adds a constant, so that a checksum of
 * bytes that hold checksums stays useful.
 *
 * @see <a href="https://www.tensorflow.org/tutorials/load_data/tfrecord">the format</a>
 */
final class TfRecord {
  private static final int HEAD = Long.BYTES + Integer.BYTES;
  private static final int MASK = 0xa282ead8;
  private static final int ROTATION = 15;
  private static final int LONGEST = 1 << 20; // of ours, by far

  private TfRecord() {}

  /** A record of some data. */
  static byte[] of(byte[] data) {
    ByteBuffer record =
        ByteBuffer.allocate(HEAD + data.length + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(data.length);
    record.putInt(masked(record.array(), Long.BYTES));
    record.put(data).putInt(masked(data, data.length));
    return record.array();
  }

  /** The data of the next record; absent at the end, and where a record is cut off or damaged. */
  static Optional<byte[]> next(DataInputStream in) throws IOException {
    byte[] head = in.readNBytes(HEAD);
    if (head.length < HEAD) {
      return Optional.empty();
    }
    ByteBuffer numbers = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    long length = numbers.getLong();
    if (numbers.getInt() != masked(head, Long.BYTES) || length < 0 || length > LONGEST) {
      return Optional.empty();
    }
    byte[] data = in.readNBytes((int) length);
    byte[] sum = in.readNBytes(Integer.BYTES);
    boolean whole = data.length == length && sum.length == Integer.BYTES;
    return whole
            && ByteBuffer.wrap(sum).order(ByteOrder.LITTLE_ENDIAN).getInt()
                == masked(data, data.length)
        ? Optional.of(data)
        : Optional.empty();
  }

  private static int masked(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return Integer.rotateRight((int) crc.getValue(), ROTATION) + MASK;
  }
}
