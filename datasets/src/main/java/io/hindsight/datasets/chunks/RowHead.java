package io.hindsight.datasets.chunks;

import io.hindsight.datasets.encoded.PartCuts;
import io.hindsight.datasets.stored.EncodedRow;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What is known of an encoded row without its values. On its way from a task, and in the index of a
 * chunk, it is bytes: those of the id as a count and UTF-8, T, bytes of the row, whether it is
 * complete, and the steps where its parts begin and end.
 *
 * @param id in UTF-8
 * @param length T
 * @param size of the row, bytes
 * @param complete whether each step has its target
 * @param cuts where its parts begin
 */
public record RowHead(byte[] id, int length, int size, boolean complete, PartCuts cuts) {
  private static final int NUMBERS = 3 * Integer.BYTES + 1 + EncodedRow.CUTS;

  /** Of a row. */
  public static byte[] of(EncodedRow row) {
    return new RowHead(row.idBytes(), row.length(), row.size(), row.isComplete(), row.cuts())
        .toBytes();
  }

  /** The id of a row's bytes, or of those of its head. */
  public static byte[] id(byte[] row) {
    int end = Integer.BYTES + ByteBuffer.wrap(row).getInt();
    return Arrays.copyOfRange(row, Integer.BYTES, end);
  }

  /** Compares the ids of two heads' bytes. */
  static int compareIds(byte[] left, byte[] right) {
    int from = Integer.BYTES;
    int leftEnd = from + ByteBuffer.wrap(left).getInt();
    int rightEnd = from + ByteBuffer.wrap(right).getInt();
    return Arrays.compareUnsigned(left, from, leftEnd, right, from, rightEnd);
  }

  byte[] toBytes() {
    ByteBuffer to =
        ByteBuffer.allocate(NUMBERS + id.length)
            .putInt(id.length)
            .put(id)
            .putInt(length)
            .putInt(size)
            .put((byte) (complete ? 1 : 0));
    return EncodedRow.put(to, cuts).array();
  }

  /** The head that {@link #toBytes} wrote next. */
  static RowHead get(ByteBuffer from) {
    byte[] id = new byte[from.getInt()];
    from.get(id);
    return new RowHead(id, from.getInt(), from.getInt(), from.get() != 0, EncodedRow.cuts(from));
  }
}
