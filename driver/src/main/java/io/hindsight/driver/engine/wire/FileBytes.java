package io.hindsight.driver.engine.wire;

import java.io.DataInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Bytes in a temporary file, written once and then mapped.
 *
 * <p>The file loses its name when it is opened, where the system permits that, else when it is
 * closed; so however the process ends, nothing is left. Its room on the disk is free again when
 * these bytes are garbage.
 */
final class FileBytes {
  private static final int SEGMENT_BITS = 30; // a map holds less than 2 GiB

  private final MappedByteBuffer[] segments; // all of 2^bits bytes but the last
  private final int bits;
  private final long size;

  private FileBytes(MappedByteBuffer[] segments, int bits, long size) {
    this.segments = segments;
    this.bits = bits;
    this.size = size;
  }

  /** The bytes from a place on. */
  InputStream from(long place) {
    return new Reader(place);
  }

  private final class Reader extends InputStream {
    private long next;

    Reader(long place) {
      next = place;
    }

    @Override
    public int read() {
      if (next >= size) {
        return -1;
      }
      byte value = segments[(int) (next >>> bits)].get(placeInSegment());
      next++;
      return value & 0xff;
    }

    @Override
    public int read(byte[] values, int offset, int length) {
      if (next >= size && length > 0) {
        return -1;
      }
      MappedByteBuffer segment = segments[(int) (next >>> bits)];
      int place = placeInSegment();
      int count = Math.min(length, segment.limit() - place);
      segment.get(place, values, offset, count);
      next += count;
      return count;
    }

    private int placeInSegment() {
      return (int) next & ((1 << bits) - 1);
    }

    @Override
    public long skip(long count) {
      long skipped = Math.max(0, Math.min(count, size - next));
      next += skipped;
      return skipped;
    }
  }

  /** Writes the file. */
  static final class Writer implements AutoCloseable {
    private final FileChannel channel;
    private final ByteBuffer block = ByteBuffer.allocate(1 << 16);
    private long size;

    Writer(Path folder) throws IOException {
      Path file = folder.resolve("hindsight-shard-" + UUID.randomUUID());
      channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    }

    /**
     * Appends bytes.
     *
     * @return their place
     */
    long append(DataInput in, long count) throws IOException {
      long place = size;
      for (long left = count; left > 0; ) {
        int piece = (int) Math.min(left, block.remaining());
        in.readFully(block.array(), block.position(), piece);
        block.position(block.position() + piece);
        left -= piece;
        if (!block.hasRemaining()) {
          flush();
        }
      }
      size += count;
      return place;
    }

    private void flush() throws IOException {
      block.flip();
      while (block.hasRemaining()) {
        channel.write(block);
      }
      block.clear();
    }

    /** The bytes written, for reading. */
    FileBytes finish() throws IOException {
      return finish(SEGMENT_BITS);
    }

    /** The same, in maps of 2^bits bytes. */
    FileBytes finish(int bits) throws IOException {
      flush();
      long most = 1L << bits;
      MappedByteBuffer[] segments = new MappedByteBuffer[(int) ((size + most - 1) / most)];
      for (int i = 0; i < segments.length; i++) {
        long from = i * most;
        segments[i] = channel.map(MapMode.READ_ONLY, from, Math.min(most, size - from));
      }
      return new FileBytes(segments, bits, size);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
