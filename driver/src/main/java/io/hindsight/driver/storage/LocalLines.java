package io.hindsight.driver.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Lines on this machine's disk: each is handed to the system at once and outlives a kill; a flush
 * forces them to the disk, so that they outlive a power cut too.
 */
final class LocalLines implements LineFile {
  private final Path file;
  private final FileChannel out;

  LocalLines(Path file) throws IOException {
    this.file = file;
    try {
      out =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw StorageException.explain(file.toString(), e);
    }
  }

  @Override
  public void append(byte[] line) throws IOException {
    try {
      for (ByteBuffer rest = ByteBuffer.wrap(line); rest.hasRemaining(); ) {
        out.write(rest);
      }
    } catch (IOException e) {
      throw StorageException.explain(file.toString(), e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.force(false);
    } catch (IOException e) {
      throw StorageException.explain(file.toString(), e);
    }
  }

  @Override
  public void abandon() {
    Closing.quietly(out);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
