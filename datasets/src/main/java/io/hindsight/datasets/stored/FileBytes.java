package io.hindsight.datasets.stored;

import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Bytes in a temporary file, written once and read from any place.
 *
 * <p>The file loses its name as soon as it is open, where the system permits that; so however the
 * process ends, nothing is left, and its room on the disk is free again when these bytes are
 * garbage. It is not mapped, because YARN counts mapped bytes as memory of the process; and it is
 * no channel, because those close for everybody when one reader is interrupted. In a folder whose
 * files are encrypted, what is written is.
 */
public final class FileBytes implements RowBytes {
  private final RandomAccessFile file;
  private final Optional<FileCipher> cipher;

  private FileBytes(RandomAccessFile file, Optional<FileCipher> cipher) {
    this.file = file;
    this.cipher = cipher;
  }

  /** The bytes from a place on. */
  public FileInput from(long place) {
    return FileInput.of(this, place);
  }

  @Override
  public void readFully(long place, byte[] values) throws IOException {
    synchronized (file) {
      file.seek(place);
      file.readFully(values);
    }
    cipher.ifPresent(of -> of.apply(place, values, 0, values.length));
  }

  /** Gives the room on the disk free, when nobody reads any more. */
  void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close a temporary file", e);
    }
  }

  /**
   * Reads some bytes.
   *
   * @return how many; −1 at the end of the file
   */
  int read(long place, byte[] values, int offset, int length) throws IOException {
    int count;
    synchronized (file) {
      file.seek(place);
      count = file.read(values, offset, length);
    }
    if (count > 0) {
      cipher.ifPresent(of -> of.apply(place, values, offset, count));
    }
    return count;
  }

  /** Writes the file; closed before it is finished, there is none. */
  public static final class Writer implements AutoCloseable {
    private final String what;
    private final Path folder;
    private final RandomAccessFile file;
    private final Optional<FileCipher> cipher;
    private final byte[] block = new byte[1 << 16];
    private int filled; // of the block
    private long flushed; // bytes of the file
    private long size;
    private boolean finished;

    /** Begins a file. */
    Writer(String what, LocalFolder local) throws IOException {
      this.what = what;
      folder = local.path();
      cipher = local.encrypted() ? Optional.of(FileCipher.random()) : Optional.empty();
      Path path = Files.createTempFile(folder, "hindsight-", null);
      file = new RandomAccessFile(path.toFile(), "rw");
      loseName(path.toFile());
    }

    private static void loseName(File path) {
      if (!path.delete()) {
        path.deleteOnExit();
      }
    }

    /**
     * Appends bytes.
     *
     * @return their place
     */
    public long append(DataInput in, long count) throws IOException {
      if (count < 0) {
        throw new IOException("malformed: a sequence of %d bytes".formatted(count));
      }
      long place = size;
      for (long left = count; left > 0; ) {
        int piece = (int) Math.min(left, block.length - filled);
        in.readFully(block, filled, piece);
        filled += piece;
        left -= piece;
        if (filled == block.length) {
          flush();
        }
      }
      size += count;
      return place;
    }

    /**
     * Appends bytes.
     *
     * @return their place
     */
    long append(byte[] bytes) throws IOException {
      return append(new DataInputStream(new ByteArrayInputStream(bytes)), bytes.length);
    }

    /** Appends what is written to it; closing it does nothing. */
    public OutputStream stream() {
      return new OutputStream() {
        @Override
        public void write(int value) throws IOException {
          append(new byte[] {(byte) value});
        }

        @Override
        public void write(byte[] values, int offset, int length) throws IOException {
          append(new DataInputStream(new ByteArrayInputStream(values, offset, length)), length);
        }
      };
    }

    /** Bytes so far: where the next will be. */
    public long size() {
      return size;
    }

    private void flush() throws IOException {
      cipher.ifPresent(of -> of.apply(flushed, block, 0, filled));
      try {
        file.write(block, 0, filled);
        flushed += filled;
        filled = 0;
      } catch (IOException full) {
        throw new IOException(
            "%s under %s cannot grow beyond %d MB: %s; let spark.local.dir name a disk"
                    .formatted(what, folder, size >> 20, full.getMessage())
                + " with more room, or use more executors",
            full);
      }
    }

    /** The bytes written, for reading. */
    public FileBytes finish() throws IOException {
      flush();
      finished = true;
      return new FileBytes(file, cipher);
    }

    @Override
    public void close() throws IOException {
      if (!finished) {
        file.close();
      }
    }
  }
}
