package io.hindsight.datasets.chunks;

import io.hindsight.datasets.stored.RowBytes;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads blocks of bytes and keeps the last ones, so that many small pieces that lie beside each
 * other are one access to the storage: inputs in one block, targets in another.
 */
final class ReadAhead implements RowBytes {
  private static final int BLOCK = 1 << 18; // bytes: about as long as an access takes
  private static final int BLOCKS = 8;

  private final ChunkFiles files;
  private final Map<Long, byte[]> blocks = new LinkedHashMap<>();

  ReadAhead(ChunkFiles files) {
    this.files = files;
  }

  @Override
  public synchronized void readFully(long place, byte[] values) throws IOException {
    if (values.length >= BLOCK) {
      files.readFully(place, values);
      return;
    }
    for (int filled = 0; filled < values.length; ) {
      long at = place + filled;
      byte[] block = block(at / BLOCK * BLOCK);
      int from = (int) (at % BLOCK);
      if (from >= block.length) {
        files.readFully(at, new byte[1]); // beyond the end, which this refuses
        throw new IOException(
            "a file grew while it was read: " + files.where(ChunkFiles.chunk(at)));
      }
      int count = Math.min(values.length - filled, block.length - from);
      System.arraycopy(block, from, values, filled, count);
      filled += count;
    }
  }

  private byte[] block(long start) throws IOException {
    byte[] known = blocks.get(start);
    if (known == null) {
      known = files.block(start, BLOCK);
      blocks.put(start, known);
      Iterator<Long> oldest = blocks.keySet().iterator();
      if (blocks.size() > BLOCKS) {
        oldest.next();
        oldest.remove();
      }
    }
    return known;
  }
}
