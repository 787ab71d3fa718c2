package io.hindsight.datasets.sequences;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.RandomAccess;
import java.util.stream.IntStream;

/** Many short texts as bytes, a third of what they are as objects; made when they are asked for. */
final class PackedTexts extends AbstractList<String> implements RandomAccess {
  private final byte[] bytes; // UTF-8
  private final int[] ends; // (N)

  private PackedTexts(byte[] bytes, int[] ends) {
    this.bytes = bytes;
    this.ends = ends;
  }

  @Override
  public String get(int index) {
    int from = index == 0 ? 0 : ends[index - 1];
    return new String(bytes, from, ends[index] - from, StandardCharsets.UTF_8);
  }

  @Override
  public int size() {
    return ends.length;
  }

  /** Collects texts. */
  static final class Builder {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final IntStream.Builder ends = IntStream.builder();

    /** Appends a text in UTF-8. */
    void add(byte[] text) {
      bytes.writeBytes(text);
      ends.add(bytes.size());
    }

    PackedTexts build() {
      return new PackedTexts(bytes.toByteArray(), ends.build().toArray());
    }
  }
}
