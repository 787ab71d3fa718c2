package io.hindsight.driver.engine.wire;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bytes in pieces of bounded length, one message each. Arrays of many megabytes would be dear: the
 * garbage collector treats each apart, and serializing one copies it several times.
 */
public final class Pieces {
  private static final int ENVELOPE = 512; // bytes, about, of what is not numbers
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

  /** All pieces in a row; it can tell how many bytes are left. */
  DataInputStream read() {
    return new DataInputStream(new Joining(pieces));
  }

  /** Reads one piece after the other. */
  private static final class Joining extends InputStream {
    private final List<byte[]> pieces;
    private int piece;
    private int read; // bytes of the piece

    Joining(List<byte[]> pieces) {
      this.pieces = pieces;
    }

    @Override
    public int read() {
      byte[] single = new byte[1];
      return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int count) {
      while (piece < pieces.size() && read == pieces.get(piece).length) {
        piece++;
        read = 0;
      }
      if (piece == pieces.size()) {
        return -1;
      }
      int part = Math.min(count, pieces.get(piece).length - read);
      System.arraycopy(pieces.get(piece), read, into, from, part);
      read += part;
      return part;
    }

    @Override
    public int available() {
      long left = -read;
      for (int i = piece; i < pieces.size(); i++) {
        left += pieces.get(i).length;
      }
      return (int) Math.min(Integer.MAX_VALUE, left);
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
