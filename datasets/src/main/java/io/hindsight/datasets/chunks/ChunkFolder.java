package io.hindsight.datasets.chunks;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.Optional;

/**
 * A folder that the driver and all tasks can read and write; it travels with a task.
 *
 * <p>What is not there is a {@link java.io.FileNotFoundException} or {@link
 * java.nio.file.NoSuchFileException}.
 */
public interface ChunkFolder extends Serializable {
  /** Where it is, for people. */
  String location();

  /** The folder of a name in it. */
  ChunkFolder in(String name);

  /** Makes the folder, unless it is there. */
  void make() throws IOException;

  /**
   * Writes a file, which is there as a whole or not at all. One of its name is left as it is, as
   * names tell content: a task is repeated, or another run does the same.
   *
   * @return what was to be written
   * @throws IOException also if the file that is there is another
   */
  Digest write(String name, Content content) throws IOException;

  /** Puts a small file in the place of another, or of none, in one step. */
  void replace(String name, byte[] content) throws IOException;

  /** The content of a small file; absent if there is none. */
  Optional<byte[]> read(String name) throws IOException;

  /** A file to be read from any place. */
  Input open(String name) throws IOException;

  /** What a file came to: its length in bytes, and SHA-256 in 64 hexadecimal digits. */
  record Digest(long length, String sha256) implements Serializable {}

  /** The content of a file, which can be written once. */
  interface Content {
    /** Writes it. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** A file that is read; safe from several threads at once. */
  interface Input extends Closeable {
    /** Bytes of the file. */
    long length() throws IOException;

    /**
     * Reads bytes from a place on, all of them.
     *
     * @throws java.io.EOFException if the file ends before
     */
    void readFully(long place, byte[] values) throws IOException;
  }
}
