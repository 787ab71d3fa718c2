package io.hindsight.driver.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Lines of an object, which cannot grow: they are kept in a file of this machine, and the whole
 * object is written at every flush and at the end. A killed process loses the lines since the last
 * flush.
 */
final class ObjectLines implements LineFile {
  private final Storage storage;
  private final String file;
  private final Path local;
  private final OutputStream out;
  private boolean changed;

  ObjectLines(Storage storage, String file, byte[] content) throws IOException {
    this.storage = storage;
    this.file = file;
    local = Files.createTempFile("hindsight-lines-", ".jsonl");
    out = Files.newOutputStream(local);
    out.write(content);
  }

  @Override
  public void append(byte[] line) throws IOException {
    out.write(line);
    changed = true;
  }

  @Override
  public void flush() throws IOException {
    if (changed) {
      storage.replace(file, Files.readAllBytes(local));
      changed = false;
    }
  }

  @Override
  public boolean replacesItsFile() {
    return true;
  }

  @Override
  public void abandon() {
    Closing.quietly(out);
    Closing.quietly(() -> Files.deleteIfExists(local));
  }

  @Override
  public void close() throws IOException {
    try (out) {
      flush();
    } finally {
      Files.deleteIfExists(local);
    }
  }
}
