package io.hindsight.driver.engine.wire;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Bytes in pieces of bounded length, one message each. Arrays of many megabytes would be dear: the
 * garbage collector treats each apart, and serializing one copies it several times.
 */
public final class Pieces {
  static final int ENVELOPE = 512; // bytes, about, of what is not numbers
  private static final int LEAST = 64;

  private final List<byte[]> pieces;

  private Pieces(List<byte[]> pieces) {
    this.pieces = pieces;
  }

  /** What is written into pieces. */
  interface Content {
    void writeTo(DataOutputStream out) throws IOException;
  }

  /** Pieces that came one by one, in their order. */
  public static Pieces of(List<byte[]> pieces) {
    return new Pieces(List.copyOf(pieces));
  }

  /**
   * Writes into pieces.
   *
   * @param most longest piece, in bytes
   * @param doubles about how many numbers come
   */
  static Pieces write(int most, long doubles, Content content) {
    Cutting cutting = new Cutting(most, doubles * Double.BYTES + ENVELOPE);
    try (DataOutputStream out = new DataOutputStream(cutting)) {
      content.writeTo(out);
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return new Pieces(cutting.pieces);
  }

  /** How many there are. */
  public int count() {
    return pieces.size();
  }

  /** One of them; not copied. */
  public byte[] get(int index) {
    return pieces.get(index);
  }

  DataInputStream read() {
    return new DataInputStream(new Reading(pieces));
  }

  /** One piece after the other; unlike Java's own, it tells how much is left in all of them. */
  private static final class Reading extends InputStream {
    private final Iterator<byte[]> coming;
    private long left; // bytes after the present piece
    private ByteArrayInputStream piece = new ByteArrayInputStream(new byte[0]);

    Reading(List<byte[]> pieces) {
      coming = pieces.iterator();
      left = pieces.stream().mapToLong(each -> each.length).sum();
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, left + piece.available());
    }

    @Override
    public int read() {
      return turn() ? piece.read() : -1;
    }

    @Override
    public int read(byte[] bytes, int from, int count) {
      return count == 0 || turn() ? piece.read(bytes, from, count) : -1;
    }

    private boolean turn() {
      while (piece.available() == 0 && coming.hasNext()) {
        byte[] next = coming.next();
        piece = new ByteArrayInputStream(next);
        left -= next.length;
      }
      return piece.available() > 0;
    }
  }

  /** Fills one piece after the other, and trims the last when it is closed. */
  private static final class Cutting extends OutputStream {
    private final List<byte[]> pieces = new ArrayList<>();
    private final int most;
    private long expected; // bytes still to come
    private byte[] piece;
    private int filled;

    Cutting(int most, long expected) {
      this.most = most;
      this.expected = expected;
      begin();
    }

    private void begin() {
      piece = new byte[(int) Math.min(most, Math.max(expected, LEAST))];
      expected -= piece.length;
      filled = 0;
    }

    @Override
    public void write(int single) {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      for (int done = 0; done < count; ) {
        int part = Math.min(count - done, piece.length - filled);
        System.arraycopy(bytes, from + done, piece, filled, part);
        filled += part;
        done += part;
        if (filled == piece.length) {
          pieces.add(piece);
          begin();
        }
      }
    }

    @Override
    public void close() {
      if (filled > 0 || pieces.isEmpty()) {
        pieces.add(Arrays.copyOf(piece, filled));
        filled = 0;
      }
    }
  }
}
