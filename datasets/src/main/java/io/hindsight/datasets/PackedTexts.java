package io.hindsight.datasets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;

/** Many short texts as bytes, a third of what they are as objects; made when they are asked for. */
public final class PackedTexts extends AbstractList<String> implements RandomAccess {
  private final byte[] bytes; // UTF-8
  private final int[] ends; // (N)

  private PackedTexts(byte[] bytes, int[] ends) {
    this.bytes = bytes;
    this.ends = ends;
  }

  /** Compares two texts as bytes without signs. */
  public int compare(int left, int right) {
    return Arrays.compareUnsigned(bytes, from(left), ends[left], bytes, from(right), ends[right]);
  }

  /** Bytes of a text. */
  public int byteCount(int index) {
    return ends[index] - from(index);
  }

  private int from(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  @Override
  public String get(int index) {
    int from = from(index);
    return new String(bytes, from, ends[index] - from, StandardCharsets.UTF_8);
  }

  @Override
  public int size() {
    return ends.length;
  }

  /** Collects texts. */
  public static final class Builder {
    private byte[] bytes = new byte[256];
    private int size;
    private int[] ends = new int[16];
    private int count;

    /** Appends the next {@code length} bytes, a text in UTF-8. */
    public void add(ByteBuffer from, int length) {
      int end = Math.addExact(size, length);
      if (end > bytes.length) {
        bytes =
            Arrays.copyOf(bytes, Math.max(end, (int) Math.min(Integer.MAX_VALUE - 8, 2L * size)));
      }
      if (count == ends.length) {
        ends = Arrays.copyOf(ends, Math.addExact(count, count));
      }
      from.get(bytes, size, length);
      size = end;
      ends[count++] = end;
    }

    public PackedTexts build() {
      return new PackedTexts(Arrays.copyOf(bytes, size), Arrays.copyOf(ends, count));
    }
  }
}
