package io.hindsight.driver.spark.placement;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of pages that come one by one, of which it holds a single one. */
public abstract class PagedInput extends InputStream {
  private byte[] page = {};
  private int read; // bytes of the page

  /** For subclasses. */
  protected PagedInput() {}

  /**
   * The next page, which may be empty; null after the last.
   *
   * @throws IOException if it cannot be had
   */
  protected abstract byte[] next() throws IOException;

  @Override
  public int read() throws IOException {
    return turn() ? page[read++] & 0xff : -1;
  }

  @Override
  public int read(byte[] values, int offset, int length) throws IOException {
    if (length == 0) {
      return 0; // and fetches nothing for it
    }
    if (!turn()) {
      return -1;
    }
    int count = Math.min(length, page.length - read);
    System.arraycopy(page, read, values, offset, count);
    read += count;
    return count;
  }

  /** Turns to the next page that has bytes left; false if there is none. */
  private boolean turn() throws IOException {
    while (page != null && read == page.length) {
      page = next();
      read = 0;
    }
    return page != null;
  }
}
