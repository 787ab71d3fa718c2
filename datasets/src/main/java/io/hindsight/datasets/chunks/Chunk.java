package io.hindsight.datasets.chunks;

import io.hindsight.datasets.chunks.ChunkFolder.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A file of encoded rows.
 *
 * @param number in the order of ids, from 0
 * @param rows how many
 * @param digest of the file
 */
public record Chunk(int number, int rows, Digest digest) {
  /** Its file's name. */
  String name() {
    return name(number);
  }

  static String name(int number) {
    return String.format(Locale.ROOT, "chunk-%06d", number);
  }

  /** As it comes from a task. */
  byte[] toBytes() {
    byte[] sha256 = digest.sha256().getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(2 * Integer.BYTES + Long.BYTES + sha256.length)
        .putInt(number)
        .putInt(rows)
        .putLong(digest.length())
        .put(sha256)
        .array();
  }

  /** The chunk that {@link #toBytes} wrote. */
  public static Chunk of(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    int number = from.getInt();
    int rows = from.getInt();
    long length = from.getLong();
    byte[] sha256 = new byte[from.remaining()];
    from.get(sha256);
    return new Chunk(
        number, rows, new Digest(length, new String(sha256, StandardCharsets.US_ASCII)));
  }
}
