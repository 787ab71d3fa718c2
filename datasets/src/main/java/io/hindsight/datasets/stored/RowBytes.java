package io.hindsight.datasets.stored;

import java.io.IOException;

/** Bytes of encoded rows, to be read from any place; safe from several threads at once. */
public interface RowBytes {
  /** Reads bytes from a place on, all of them. */
  void readFully(long place, byte[] values) throws IOException;
}
