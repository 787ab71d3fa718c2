package io.hindsight.datasets.chunks;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which chunk has which row: ranges of ids in the order of their bytes, each as long as its rows
 * take about as many bytes as wished. So they follow from the rows alone.
 */
public final class ChunkBounds implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[][] firsts; // id that each chunk begins with

  private ChunkBounds(byte[][] firsts) {
    this.firsts = firsts;
  }

  /** Collects what is known of rows, in any order. */
  public static final class Builder {
    private final List<byte[]> heads = new ArrayList<>();

    /** Takes a row's head. */
    public void add(byte[] head) {
      heads.add(head);
    }

    /**
     * The bounds.
     *
     * @param bytes of rows after which a chunk ends
     */
    public ChunkBounds build(long bytes) {
      heads.sort(RowHead::compareIds);
      List<byte[]> firsts = new ArrayList<>();
      long filled = Long.MAX_VALUE;
      for (byte[] each : heads) {
        RowHead head = RowHead.get(ByteBuffer.wrap(each));
        if (filled >= bytes) {
          firsts.add(head.id());
          filled = 0;
        }
        filled += head.size();
      }
      return new ChunkBounds(firsts.toArray(new byte[0][]));
    }
  }

  /** How many chunks. */
  public int size() {
    return firsts.length;
  }

  /** The chunk of an id. */
  public int chunk(byte[] id) {
    int found = Arrays.binarySearch(firsts, id, Arrays::compareUnsigned);
    return found >= 0 ? found : Math.max(0, -found - 2);
  }
}
