package io.hindsight.datasets.stored;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A folder of this machine for files that only this process reads.
 *
 * @param encrypted whether nobody else could read them, had they still a name
 */
public record LocalFolder(Path path, boolean encrypted) {
  /** Of the system's temporary files. */
  public static LocalFolder temporary(boolean encrypted) {
    return new LocalFolder(Path.of(System.getProperty("java.io.tmpdir")), encrypted);
  }

  /**
   * Begins a file.
   *
   * @param what it is, for errors
   */
  public FileBytes.Writer writer(String what) throws IOException {
    return new FileBytes.Writer(what, this);
  }
}
