package io.hindsight.datasets.chunks;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.chunks.ChunkFolder.Input;
import io.hindsight.datasets.encoded.PartCuts;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of a chunk: heads, in the order of ids, and where each begins.
 *
 * @param places in the file, bytes
 */
record ChunkIndex(List<RowHead> heads, long[] places) {
  private static final String REMEDY = "delete the folder, and it is made again from the source";

  /**
   * Reads the index of a chunk, without its rows.
   *
   * @param where the file, for errors
   * @throws DataException if it is damaged, or of a later version
   * @throws IOException if it cannot be read
   */
  static ChunkIndex read(Input file, String where) throws IOException {
    try {
      long length = file.length();
      if (length < ChunkWriter.HEAD + ChunkWriter.TRAILER) {
        throw damaged("%d bytes".formatted(length), where);
      }
      requireHead(bytes(file, 0, ChunkWriter.HEAD), where);
      long end = length - ChunkWriter.TRAILER;
      ByteBuffer trailer = bytes(file, end, ChunkWriter.TRAILER);
      long place = trailer.getLong();
      int rows = trailer.getInt();
      int crc = trailer.getInt();
      if (place < ChunkWriter.HEAD || place > end || end - place > Integer.MAX_VALUE - 8) {
        throw damaged("an index at byte %d of %d".formatted(place, length), where);
      }
      ByteBuffer index = bytes(file, place, (int) (end - place));
      if (trailer.getLong() != ChunkWriter.MAGIC || ChunkWriter.crc(index.array()) != crc) {
        throw damaged("an index with another checksum", where);
      }
      return parse(index, rows, place, where);
    } catch (EOFException cut) {
      throw damaged("a file that ends before", where);
    }
  }

  private static void requireHead(ByteBuffer head, String where) {
    if (head.getLong() != ChunkWriter.MAGIC) {
      throw damaged("another kind of file", where);
    }
    requireVersion(head.getInt(), ChunkWriter.VERSION, where);
  }

  /** Refuses what another version of this program has written. */
  static void requireVersion(int version, int known, String where) {
    if (version != known) {
      throw new DataException(
          "stored data must be of format version " + known,
          "version " + version,
          where,
          "use the version of Hindsight that wrote it, or name another data.store");
    }
  }

  private static ByteBuffer bytes(Input file, long place, int count) throws IOException {
    byte[] bytes = new byte[count];
    file.readFully(place, bytes);
    return ByteBuffer.wrap(bytes);
  }

  private static ChunkIndex parse(ByteBuffer index, int rows, long end, String where) {
    List<RowHead> heads = new ArrayList<>();
    long[] places = new long[Math.max(0, Math.min(rows, index.remaining()))];
    long place = ChunkWriter.HEAD;
    try {
      while (index.hasRemaining() && heads.size() < rows) {
        RowHead head = get(index, where);
        if (!heads.isEmpty()
            && Arrays.compareUnsigned(heads.get(heads.size() - 1).id(), head.id()) >= 0) {
          throw damaged("ids out of order", where);
        }
        places[heads.size()] = place;
        heads.add(head);
        place += head.size();
      }
    } catch (BufferUnderflowException cut) {
      throw damaged("an index that ends before", where);
    }
    if (heads.size() != rows || index.hasRemaining() || place != end) {
      throw damaged("an index of other rows", where);
    }
    return new ChunkIndex(heads, places);
  }

  private static RowHead get(ByteBuffer index, String where) {
    int idBytes = index.getInt(index.position());
    if (idBytes < 0 || idBytes > index.remaining()) {
      throw damaged("an id of %d bytes".formatted(idBytes), where);
    }
    RowHead head = RowHead.get(index);
    if (head.length() < 1 || head.size() < 1) {
      throw damaged("%d steps in %d bytes".formatted(head.length(), head.size()), where);
    }
    PartCuts cuts = head.cuts();
    if (!cuts.fit(head.length())) {
      throw damaged("parts of %d steps at %s".formatted(head.length(), cuts), where);
    }
    return head;
  }

  /** The error for a file that is not as it was written. */
  static DataException damaged(String found, String where) {
    return new DataException("stored data must be as it was written", found, where, REMEDY);
  }

  /** The error for a file that is not there. */
  static DataException missing(String where) {
    return new DataException(
        "every file of stored data must be there", "none of this name", where, REMEDY);
  }
}
