package io.hindsight.datasets.stored;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A file's bytes from a place on, for one reader. Single values come from a small buffer; an array
 * of numbers is read by one call of the system, and what is skipped is not read.
 */
public final class FileInput extends DataInputStream implements NumbersInput {
  private static final int MOST = 1 << 16; // bytes of numbers that are read at once
  private static final ThreadLocal<byte[]> NUMBERS = ThreadLocal.withInitial(() -> new byte[MOST]);

  private final Buffered bytes;

  private FileInput(Buffered bytes) {
    super(bytes);
    this.bytes = bytes;
  }

  static FileInput of(FileBytes file, long place) {
    return new FileInput(new Buffered(file, place));
  }

  @Override
  public void readAll(double[] values) throws IOException {
    byte[] block = NUMBERS.get();
    for (int done = 0; done < values.length; ) {
      int count = Math.min(values.length - done, MOST / Double.BYTES);
      bytes.readFully(block, count * Double.BYTES);
      ByteBuffer.wrap(block)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asDoubleBuffer()
          .get(values, done, count);
      done += count;
    }
  }

  /** The stream below, with a buffer of a few lines. */
  private static final class Buffered extends InputStream {
    private static final int SIZE = 512; // bytes

    private final FileBytes file;
    private final byte[] buffer = new byte[SIZE];
    private long next; // place of the first byte that is not in the buffer
    private int taken; // bytes of the buffer that were given
    private int filled;

    Buffered(FileBytes file, long place) {
      this.file = file;
      next = place;
    }

    @Override
    public int read() throws IOException {
      return taken < filled || fill() ? buffer[taken++] & 0xff : -1;
    }

    @Override
    public int read(byte[] values, int offset, int length) throws IOException {
      if (taken == filled && length >= SIZE) {
        int count = file.read(next, values, offset, length);
        next += Math.max(0, count);
        return count;
      }
      if (length > 0 && taken == filled && !fill()) {
        return -1;
      }
      int count = Math.min(length, filled - taken);
      System.arraycopy(buffer, taken, values, offset, count);
      taken += count;
      return count;
    }

    private boolean fill() throws IOException {
      int count = file.read(next, buffer, 0, SIZE);
      taken = 0;
      filled = Math.max(0, count);
      next += filled;
      return count > 0;
    }

    void readFully(byte[] values, int length) throws IOException {
      for (int done = 0; done < length; ) {
        int count = read(values, done, length - done);
        if (count < 0) {
          throw new EOFException("the file ends within an array");
        }
        done += count;
      }
    }

    /** Goes on without reading, beyond the end too. */
    @Override
    public long skip(long count) {
      long passed = Math.max(0, count);
      int inBuffer = (int) Math.min(passed, filled - taken);
      taken += inBuffer;
      next += passed - inBuffer;
      return passed;
    }
  }
}
