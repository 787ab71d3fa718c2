package io.hindsight.datasets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.RandomAccess;

/**
 * Many texts of which each begins as the one before, as times in order do: only what is new of each
 * is kept, and every sixteenth whole. They are made when they are asked for, one after the other
 * soonest.
 */
public final class AlikeTexts extends AbstractList<String> implements RandomAccess {
  private static final int BLOCK_BITS = 4;
  private static final int BLOCK = 1 << BLOCK_BITS; // texts of which the first is whole
  private static final int MOST_SHARED = 255; // bytes, so that their number is one

  private final byte[] bytes; // of each: bytes shared with the one before, bytes of its own, these
  private final int[] blocks; // where they begin
  private final int count; // N
  private Reached reached = Reached.before(0, 0); // by the last one who asked

  private AlikeTexts(byte[] bytes, int[] blocks, int count) {
    this.bytes = bytes;
    this.blocks = blocks;
    this.count = count;
  }

  @Override
  public String get(int index) {
    if (index < 0 || index >= count) {
      throw new IndexOutOfBoundsException("text %d of %d".formatted(index, count));
    }
    Reached last = reached; // read once, as another thread may ask too
    if (last.index > index || last.index >> BLOCK_BITS != index >> BLOCK_BITS) {
      last = Reached.before(index & -BLOCK, blocks[index >> BLOCK_BITS]);
    }
    Reached text = last.later(bytes, index);
    reached = text;
    return new String(text.text, 0, text.length, StandardCharsets.UTF_8);
  }

  @Override
  public Iterator<String> iterator() {
    Decoder decoder = new Decoder(bytes, 0, new byte[BLOCK], 0);
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < count;
      }

      @Override
      public String next() {
        if (next == count) {
          throw new NoSuchElementException("all %d texts are read".formatted(count));
        }
        next++;
        decoder.next();
        return decoder.string();
      }
    };
  }

  /** A text, and where the next one begins; from it those after it are made. */
  private record Reached(int index, byte[] text, int length, int end) {
    /** Before a text that is whole. */
    static Reached before(int index, int begin) {
      return new Reached(index - 1, new byte[0], 0, begin);
    }

    Reached later(byte[] bytes, int wanted) {
      Decoder decoder = new Decoder(bytes, end, Arrays.copyOf(text, length + BLOCK), length);
      for (int left = wanted - index; left > 0; left--) {
        decoder.next();
      }
      return new Reached(wanted, decoder.text, decoder.length, decoder.from.position());
    }
  }

  /** Makes each text of the one before. */
  private static final class Decoder {
    private final ByteBuffer from;
    private byte[] text; // whose first bytes it is
    private int length;

    Decoder(byte[] bytes, int begin, byte[] text, int length) {
      from = ByteBuffer.wrap(bytes).position(begin);
      this.text = text;
      this.length = length;
    }

    void next() {
      int shared = from.get() & 0xff;
      int own = AlikeTexts.length(from);
      length = shared + own;
      text = length > text.length ? Arrays.copyOf(text, length + BLOCK) : text;
      from.get(text, shared, own);
    }

    String string() {
      return new String(text, 0, length, StandardCharsets.UTF_8);
    }
  }

  /** Of one byte, or, of long texts, of five. */
  private static int length(ByteBuffer from) {
    int own = from.get() & 0xff;
    return own < MOST_SHARED ? own : from.getInt();
  }

  @Override
  public int size() {
    return count;
  }

  /** Collects texts. */
  public static final class Builder {
    private byte[] bytes = new byte[256];
    private int size;
    private int[] blocks = new int[16];
    private int count;
    private byte[] last = {};

    /**
     * Adds a text.
     *
     * @param from its bytes, which are UTF-8
     */
    public void add(ByteBuffer from, int length) {
      byte[] text = new byte[length];
      from.get(text);
      boolean begins = (count & (BLOCK - 1)) == 0;
      int shared = begins ? 0 : shared(text);
      if (begins) {
        begin();
      }
      put(text, shared);
      last = text;
      count++;
    }

    private int shared(byte[] text) {
      int differ = Arrays.mismatch(last, text);
      return Math.min(MOST_SHARED, differ < 0 ? text.length : differ);
    }

    private void begin() {
      int block = count >> BLOCK_BITS;
      if (block == blocks.length) {
        blocks = Arrays.copyOf(blocks, 2 * block);
      }
      blocks[block] = size;
    }

    private void put(byte[] text, int shared) {
      int own = text.length - shared;
      int end = Math.addExact(size, own + 2 + Integer.BYTES);
      if (end > bytes.length) {
        long more = Math.max(end, size + (long) size / 2);
        bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, more));
      }
      ByteBuffer to = ByteBuffer.wrap(bytes).position(size).put((byte) shared);
      if (own < MOST_SHARED) {
        to.put((byte) own);
      } else {
        to.put((byte) MOST_SHARED).putInt(own);
      }
      size = to.put(text, shared, own).position();
    }

    /** All texts so far. */
    public AlikeTexts build() {
      int used = (count + BLOCK - 1) >> BLOCK_BITS;
      return new AlikeTexts(Arrays.copyOf(bytes, size), Arrays.copyOf(blocks, used), count);
    }
  }
}
