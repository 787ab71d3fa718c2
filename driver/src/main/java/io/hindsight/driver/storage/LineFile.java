package io.hindsight.driver.storage;

import java.io.Closeable;
import java.io.IOException;

/** A file that grows by lines. */
public interface LineFile extends Closeable {
  /**
   * Appends a line; it may be lost if the process is killed before the next {@link #flush}.
   *
   * @param line in UTF-8 with its line break
   */
  void append(byte[] line) throws IOException;

  /** Makes all lines so far durable. */
  void flush() throws IOException;

  /** Whether lines are handed on by putting a new file in the place of the old one. */
  default boolean replacesItsFile() {
    return false;
  }

  /** Ends without handing on what has not been: it is another's to write now. */
  void abandon();
}
