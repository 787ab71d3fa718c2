package io.hindsight.driver.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Lines on this machine's disk: each is handed to the system at once and outlives a kill. */
final class LocalLines implements LineFile {
  private final Path file;
  private final OutputStream out;

  LocalLines(Path file) throws IOException {
    this.file = file;
    try {
      out =
          Files.newOutputStream(
              file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw StorageException.explain(file.toString(), e);
    }
  }

  @Override
  public void append(byte[] line) throws IOException {
    try {
      out.write(line);
    } catch (IOException e) {
      throw StorageException.explain(file.toString(), e);
    }
  }

  /** Nothing is held back. */
  @Override
  public void flush() {}

  @Override
  public void abandon() {
    Closing.quietly(out);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
