package io.hindsight.datasets.rows.steps;

import io.hindsight.datasets.Doubles;
import io.hindsight.datasets.rows.TablePlace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Where rows stand, as bytes that sort without signs as the places do. */
final class PlaceBytes {
  private PlaceBytes() {}

  /** Of a row of a file: the file, the part of it, the row in that. */
  static byte[] of(TablePlace place) {
    byte[] file = place.file().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(file.length + 1 + 2 * Long.BYTES)
        .put(file)
        .put((byte) 0)
        .putLong(place.block())
        .putLong(place.row())
        .array();
  }

  /**
   * Of a row whose place nobody knows: its numbers one after the other, the least first, and then
   * all that it holds.
   *
   * @param numbers of the row, if it has values
   * @param values as {@link StepValues} has them
   */
  static byte[] ofValues(Doubles numbers, byte[] values) {
    int count = StepValues.areThere(values) ? numbers.size() : 0;
    ByteBuffer bytes = ByteBuffer.allocate(count * Double.BYTES + values.length);
    numbers.put(0, count, bytes);
    for (int at = 0; at < bytes.position(); at += Long.BYTES) {
      long bits = bytes.getLong(at);
      bytes.putLong(at, bits < 0 ? ~bits : bits ^ Long.MIN_VALUE);
    }
    return bytes.put(values).array();
  }
}
