package io.hindsight.driver.spark.codec;

import io.hindsight.datasets.stored.NumbersInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkConf;

/**
 * Bytes in pieces of bounded length, one message each. Arrays of many megabytes would be dear: the
 * garbage collector treats each apart, and serializing one copies it several times.
 */
public final class Pieces {
  /** A setting of the session: the longest piece, a size such as {@code 1m}. */
  public static final String MOST = "spark.hindsight.message.bytes";

  /** Where nothing is set, bytes. */
  public static final int DEFAULT_MOST = 1 << 20;

  /** The smallest that may be set, bytes. */
  public static final int LEAST = 64;

  /** The largest that may be set, bytes. */
  public static final int LARGEST = 1 << 30;

  private static final int ENVELOPE = 512; // bytes, about, of what is not numbers

  private final List<byte[]> pieces;

  private Pieces(List<byte[]> pieces) {
    this.pieces = pieces;
  }

  /** What is written into pieces. */
  interface Content {
    void writeTo(PiecesOutput out) throws IOException;
  }

  /** The longest piece by the settings of a session, which have been checked, in bytes. */
  public static int mostBytes(SparkConf conf) {
    return (int) conf.getSizeAsBytes(MOST, DEFAULT_MOST);
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
    try (PiecesOutput out = new PiecesOutput(cutting)) {
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

  /** All pieces in a row. */
  public PiecesInput read() {
    return new PiecesInput(new Joining(pieces));
  }

  /** Output that takes arrays of numbers without a detour. */
  static final class PiecesOutput extends DataOutputStream {
    private final Cutting cutting;

    private PiecesOutput(Cutting cutting) {
      super(cutting);
      this.cutting = cutting;
    }

    void writeAll(double[] values) {
      cutting.write(values);
    }
  }

  /** Input that gives arrays of numbers without a detour, and knows how much is left. */
  public static final class PiecesInput extends DataInputStream implements NumbersInput {
    private final Joining joining;

    private PiecesInput(Joining joining) {
      super(joining);
      this.joining = joining;
    }

    @Override
    public void readAll(double[] values) throws IOException {
      joining.read(values);
    }

    /** Bytes that are left. */
    long left() {
      return joining.left();
    }
  }

  /** A view of bytes as numbers, as {@link ArrayCodec} writes them. */
  private static DoubleBuffer numbers(byte[] bytes, int from, int count) {
    return ByteBuffer.wrap(bytes, from, count * Double.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asDoubleBuffer();
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

    /** In pieces of whole numbers, and one by one where a number is in two pieces. */
    void read(double[] values) throws IOException {
      byte[] single = new byte[Double.BYTES];
      for (int done = 0; done < values.length; ) {
        int whole = piece < pieces.size() ? (pieces.get(piece).length - read) / Double.BYTES : 0;
        int count = Math.min(values.length - done, whole);
        if (count > 0) {
          numbers(pieces.get(piece), read, count).get(values, done, count);
          read += count * Double.BYTES;
          done += count;
        } else {
          readSingle(single);
          numbers(single, 0, 1).get(values, done++, 1);
        }
      }
    }

    private void readSingle(byte[] single) throws IOException {
      for (int done = 0; done < single.length; ) {
        int count = read(single, done, single.length - done);
        if (count < 0) {
          throw new EOFException("malformed: it ends within a number");
        }
        done += count;
      }
    }

    long left() {
      long left = -read;
      for (int i = piece; i < pieces.size(); i++) {
        left += pieces.get(i).length;
      }
      return left;
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

    void write(double[] values) {
      byte[] single = new byte[Double.BYTES];
      for (int done = 0; done < values.length; ) {
        int count = Math.min(values.length - done, (piece.length - filled) / Double.BYTES);
        if (count > 0) {
          numbers(piece, filled, count).put(values, done, count);
          filled += count * Double.BYTES;
          done += count;
        } else {
          numbers(single, 0, 1).put(values, done++, 1);
          write(single, 0, single.length);
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
