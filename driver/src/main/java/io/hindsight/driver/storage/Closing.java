package io.hindsight.driver.storage;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes what Hadoop opened. HDFS keeps the failure of a stream and throws the same exception again
 * from its close, which try-with-resources cannot add to itself: it would throw "Self-suppression
 * not permitted" in its place, and what had failed would be lost.
 */
final class Closing {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private Closing() {}

  /** Writes to a stream and closes it, whatever happens; the first failure stands. */
  static void afterWriting(OutputStream out, Storage.FileContent content) throws IOException {
    try {
      content.writeTo(out);
    } catch (IOException | RuntimeException e) {
      closeAfter(e, out);
      throw e;
    }
    out.close();
  }

  /** Closes a stream whose use has failed. */
  static void closeAfter(Exception failure, Closeable stream) {
    try {
      stream.close();
    } catch (IOException | RuntimeException e) {
      add(failure, e);
    }
  }

  /** Closes what is not needed any more; a failure to is ignored. */
  static void quietly(Closeable stream) {
    try {
      stream.close();
    } catch (IOException | RuntimeException unwanted) {
      LOG.debug("closed with a failure", unwanted);
    }
  }

  /** Adds a later failure to the first one, of which it may be the same exception or a part. */
  static void add(Exception failure, Exception later) {
    if (later != failure) {
      failure.addSuppressed(later);
    }
  }
}
