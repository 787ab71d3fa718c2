package io.hindsight.datasets.chunks;

import io.hindsight.datasets.chunks.ChunkFolder.Digest;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.zip.CRC32;

/**
 * Writes the rows of a chunk as they come, and the index after them.
 *
 * <pre>
 * head     magic "HSCHUNK\n", version: int
 * rows     as EncodedRow has them, in the order of ids
 * index    of each row: bytes of the id: int, id in UTF-8, T: int, bytes of the row: int, whether
 *          each step has its target: byte, first step of validation: int, first step of the test
 *          part: int
 * trailer  place of the index: long, rows: int, CRC-32 of the index: int, magic
 * </pre>
 *
 * <p>Numbers are big-endian. The hash of the whole file is kept in the manifest.
 */
public final class ChunkWriter {
  static final long MAGIC = 0x4853_4348_554e_4b0aL; // HSCHUNK\n
  static final int VERSION = 5;
  static final int HEAD = Long.BYTES + Integer.BYTES; // bytes
  static final int TRAILER = 2 * Long.BYTES + 2 * Integer.BYTES; // bytes

  private final Iterator<byte[]> parts;
  private final ByteArrayOutputStream index = new ByteArrayOutputStream();
  private byte[] last = null; // id of the last row
  private long place = HEAD; // of the next row
  private long left; // bytes of the last row that are to come
  private int count;

  private ChunkWriter(Iterator<byte[]> parts) {
    this.parts = parts;
  }

  /**
   * Writes a chunk.
   *
   * @param parts of rows, as {@link RowParts} has them, in their order
   * @throws UncheckedIOException if it cannot be written
   */
  public static byte[] write(ChunkFolder folder, int number, Iterator<byte[]> parts) {
    ChunkWriter writer = new ChunkWriter(parts);
    try {
      Digest digest = folder.write(Chunk.name(number), writer::writeTo);
      return new Chunk(number, writer.count, digest).toBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write encoded data to %s: %s".formatted(folder.location(), e.getMessage()), e);
    }
  }

  private void writeTo(OutputStream to) throws IOException {
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to, 1 << 16));
    out.writeLong(MAGIC);
    out.writeInt(VERSION);
    while (parts.hasNext()) {
      byte[] part = parts.next();
      ByteBuffer from = ByteBuffer.wrap(part).position(RowParts.key(part).length);
      if (RowParts.number(part) == 0) {
        begin(RowHead.get(from));
      }
      out.write(part, from.position(), from.remaining());
      left -= from.remaining();
    }
    requireWhole();
    out.write(index.toByteArray());
    out.writeLong(place);
    out.writeInt(count);
    out.writeInt(crc(index.toByteArray()));
    out.writeLong(MAGIC);
    out.flush();
  }

  private void begin(RowHead head) throws IOException {
    requireWhole();
    requireOrder(head.id());
    index.write(head.toBytes());
    place += head.size();
    left = head.size();
    count++;
  }

  private void requireWhole() {
    if (left != 0) {
      throw new IllegalStateException(
          "a row must come as a whole, but %d bytes lack".formatted(left));
    }
  }

  private void requireOrder(byte[] id) {
    if (last != null && Arrays.compareUnsigned(last, id) >= 0) {
      throw new IllegalStateException("rows of a chunk must come in the order of their ids");
    }
    last = id;
  }

  static int crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
