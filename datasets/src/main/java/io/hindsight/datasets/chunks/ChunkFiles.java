package io.hindsight.datasets.chunks;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.chunks.ChunkFolder.Input;
import io.hindsight.datasets.files.Sha256;
import io.hindsight.datasets.stored.RowBytes;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The chunks of a folder as one range of bytes, opened when they are asked for: a place is a
 * chunk's number and one in its file.
 */
public final class ChunkFiles implements RowBytes {
  private static final int BITS = 40; // of a place in a file: 1 TiB
  private static final int BLOCK = 1 << 20; // bytes

  private final ChunkFolder folder;
  private final Map<Integer, Input> open = new ConcurrentHashMap<>();

  /** Of a folder. */
  public ChunkFiles(ChunkFolder folder) {
    this.folder = folder;
  }

  /** The place of a byte in a chunk's file. */
  static long place(int chunk, long inFile) {
    return ((long) chunk << BITS) + inFile;
  }

  /** The chunk of a place. */
  static int chunk(long place) {
    return (int) (place >>> BITS);
  }

  String where(int chunk) {
    return folder.location() + "/" + Chunk.name(chunk);
  }

  /**
   * Reads bytes.
   *
   * @throws DataException if the file is not there, or shorter than it was
   */
  @Override
  public void readFully(long place, byte[] values) throws IOException {
    int chunk = chunk(place);
    try {
      input(chunk).readFully(place & ((1L << BITS) - 1), values);
    } catch (EOFException cut) {
      throw ChunkIndex.damaged("a file that ends before", where(chunk));
    }
  }

  /** Bytes from a place on, fewer where the chunk's file ends. */
  byte[] block(long place, int most) throws IOException {
    long left = input(chunk(place)).length() - (place & ((1L << BITS) - 1));
    byte[] block = new byte[(int) Math.max(0, Math.min(most, left))];
    readFully(place, block);
    return block;
  }

  private Input input(int chunk) throws IOException {
    Input known = open.get(chunk);
    if (known != null) {
      return known;
    }
    synchronized (open) {
      if (!open.containsKey(chunk)) {
        open.put(chunk, opened(chunk));
      }
      return open.get(chunk);
    }
  }

  private Input opened(int chunk) throws IOException {
    try {
      return folder.open(Chunk.name(chunk));
    } catch (FileNotFoundException | NoSuchFileException gone) {
      throw ChunkIndex.missing(where(chunk));
    }
  }

  /** The rows of a chunk. */
  ChunkIndex index(Chunk chunk) throws IOException {
    ChunkIndex index = ChunkIndex.read(input(chunk.number()), where(chunk.number()));
    if (index.heads().size() != chunk.rows()) {
      throw ChunkIndex.damaged("other rows than its manifest says", where(chunk.number()));
    }
    return index;
  }

  /**
   * Reads all of a chunk and compares its hash.
   *
   * @throws DataException if it is another
   */
  void requireSound(Chunk chunk) throws IOException {
    long length = input(chunk.number()).length();
    if (length != chunk.digest().length()) {
      String found = "%d bytes instead of %d".formatted(length, chunk.digest().length());
      throw ChunkIndex.damaged(found, where(chunk.number()));
    }
    MessageDigest digest = Sha256.digest();
    for (long at = 0; at < length; at += BLOCK) {
      byte[] block = new byte[(int) Math.min(BLOCK, length - at)];
      readFully(place(chunk.number(), at), block);
      digest.update(block);
    }
    if (!Sha256.hex(digest.digest()).equals(chunk.digest().sha256())) {
      throw ChunkIndex.damaged("a file with another SHA-256", where(chunk.number()));
    }
  }

  /** Closes what was opened; it can be asked for again. */
  void close() throws IOException {
    for (Integer chunk : open.keySet()) {
      Input input = open.remove(chunk);
      if (input != null) {
        input.close();
      }
    }
  }
}
