package io.hindsight.datasets.stored;

import io.hindsight.datasets.columns.RowNumbers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;

/**
 * The bytes of a row, made when they are asked for: one item after the other, of which any number
 * may be taken at a time.
 */
final class RowSections {
  private static final int NONE = -1; // in the place of a count, where there is no array

  private final List<Section> sections = new ArrayList<>();

  /**
   * Items of one kind.
   *
   * @param bytes of each
   */
  private record Section(int items, int bytes, Putting item) {}

  @FunctionalInterface
  private interface Putting {
    void put(ByteBuffer to, int item);
  }

  RowSections number(int value) {
    return add(1, Integer.BYTES, (to, item) -> to.putInt(value));
  }

  RowSections bytes(byte[] values) {
    return add(1, values.length, (to, item) -> to.put(values));
  }

  RowSections bytes(int count, Consumer<ByteBuffer> values) {
    return add(1, count, (to, item) -> values.accept(to));
  }

  /** A count, or −1, then numbers. */
  RowSections numbers(double[] values) {
    return numbers(RowNumbers.of(values));
  }

  RowSections numbers(RowNumbers values) {
    return values == null
        ? number(NONE)
        : number(values.length())
            .add(values.length(), Double.BYTES, (to, item) -> to.putDouble(values.get(item)));
  }

  RowSections numbers(int[] values) {
    return values == null
        ? number(NONE)
        : number(values.length)
            .add(values.length, Integer.BYTES, (to, item) -> to.putInt(values[item]));
  }

  private RowSections add(int items, int bytes, Putting item) {
    sections.add(new Section(items, bytes, item));
    return this;
  }

  long size() {
    return sections.stream().mapToLong(each -> (long) each.items * each.bytes).sum();
  }

  /** All bytes. */
  byte[] all(int size) {
    ByteBuffer to = ByteBuffer.allocate(size);
    for (Section section : sections) {
      put(section, 0, section.items, to);
    }
    return to.array();
  }

  private static void put(Section section, int from, int end, ByteBuffer to) {
    for (int item = from; item < end; item++) {
      section.item.put(to, item);
    }
  }

  /**
   * The same bytes in parts.
   *
   * @param most bytes of a part, unless one item has more
   */
  Iterator<byte[]> parts(int most) {
    return new Parts(most);
  }

  private final class Parts implements Iterator<byte[]> {
    private final int most;
    private long left = size(); // bytes
    private int section;
    private int item; // of the section

    Parts(int most) {
      this.most = most;
    }

    @Override
    public boolean hasNext() {
      while (section < sections.size() && item == sections.get(section).items) {
        section++;
        item = 0;
      }
      return section < sections.size();
    }

    @Override
    public byte[] next() {
      if (!hasNext()) {
        throw new NoSuchElementException("all bytes of the row are taken");
      }
      int bytes = sections.get(section).bytes;
      ByteBuffer part = ByteBuffer.allocate((int) Math.min(left, Math.max(most, bytes)));
      while (hasNext() && sections.get(section).bytes <= part.remaining()) {
        Section of = sections.get(section);
        int fitting = of.bytes == 0 ? of.items : part.remaining() / of.bytes;
        int end = Math.min(of.items, item + Math.min(fitting, of.items - item));
        put(of, item, end, part);
        item = end;
      }
      left -= part.position();
      return part.hasRemaining() ? Arrays.copyOf(part.array(), part.position()) : part.array();
    }
  }
}
