package io.hindsight.datasets.stored;

/**
 * Where the driver keeps encoded data: on its heap up to a limit, beyond it in a file that nobody
 * else sees and that is gone with the process.
 *
 * @param folder of the file
 * @param heap the most that the heap may hold, bytes
 */
public record EncodedStore(LocalFolder folder, long heap) {
  private static final int SHARE = 16; // of the limit, for what was read last

  /** All on the heap. */
  public static EncodedStore onHeap() {
    return new EncodedStore(LocalFolder.temporary(), Long.MAX_VALUE);
  }

  /** A new writer. */
  public SequenceWriter writer() {
    return new SequenceWriter(this);
  }

  /** Bytes of what was read last from the file that the heap may keep. */
  public long recent() {
    return heap / SHARE;
  }
}
