package io.hindsight.driver.spark.resident;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The pieces of a poll's results that came ahead of it, in whatever order. */
final class Upload {
  private final long pollNumber;
  private final Map<Integer, byte[]> pieces = new TreeMap<>();
  private long bytes;

  /**
   * Begins without a piece.
   *
   * @param pollNumber which of the worker's polls it is for, counted up by the worker
   */
  Upload(long pollNumber) {
    this.pollNumber = pollNumber;
  }

  long pollNumber() {
    return pollNumber;
  }

  /** Bytes of all pieces. */
  long bytes() {
    return bytes;
  }

  /** Takes a piece, unless it is there already; whether it was not. */
  boolean add(int number, byte[] piece) {
    boolean isNew = pieces.putIfAbsent(number, piece) == null;
    bytes += isNew ? piece.length : 0;
    return isNew;
  }

  /** The pieces from the first on, as far as none is missing. */
  List<byte[]> inOrder() {
    List<byte[]> all = new ArrayList<>();
    for (Map.Entry<Integer, byte[]> piece : pieces.entrySet()) {
      if (piece.getKey() != all.size()) {
        break;
      }
      all.add(piece.getValue());
    }
    return all;
  }
}
