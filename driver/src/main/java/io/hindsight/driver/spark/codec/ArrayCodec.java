package io.hindsight.driver.spark.codec;

import io.hindsight.datasets.stored.NumbersInput;
import io.hindsight.driver.spark.codec.Pieces.PiecesInput;
import io.hindsight.driver.spark.codec.Pieces.PiecesOutput;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Arrays and texts as bytes: a length, then the elements, little-endian, in blocks of 8 KiB. */
public final class ArrayCodec {
  private static final int BLOCK = 8192; // bytes

  /**
   * Elements of a longer array for which memory is taken at a time: a length that is read may be
   * wrong, so where it is unknown how much follows, memory is taken for what has come.
   */
  private static final int AT_ONCE = 1 << 20;

  private ArrayCodec() {}

  /** Writes the length and the bits of the numbers. */
  public static void writeDoubles(DataOutput out, double[] values) throws IOException {
    out.writeInt(values.length);
    if (out instanceof PiecesOutput pieces) {
      pieces.writeAll(values);
      return;
    }
    ByteBuffer block = block(values.length, Double.BYTES);
    int most = block.capacity() / Double.BYTES;
    for (int from = 0; from < values.length; from += most) {
      int count = Math.min(most, values.length - from);
      if (!passesOver(out, count * Double.BYTES)) {
        block.asDoubleBuffer().put(values, from, count);
        out.write(block.array(), 0, count * Double.BYTES);
      }
    }
  }

  private static boolean passesOver(DataOutput out, int bytes) {
    return out instanceof PartOutput part && part.passesOver(bytes);
  }

  /** Reads what {@link #writeDoubles} wrote. */
  public static double[] readDoubles(DataInput in) throws IOException {
    return readDoubles(in, readLength(in, Double.BYTES));
  }

  private static double[] readDoubles(DataInput in, int count) throws IOException {
    double[] values = new double[atOnce(in, count)];
    readBlocks(in, values);
    if (values.length == count) {
      return values;
    }
    List<double[]> parts = new ArrayList<>(List.of(values));
    for (int left = count - values.length; left > 0; left -= AT_ONCE) {
      double[] part = new double[Math.min(left, AT_ONCE)];
      readBlocks(in, part);
      parts.add(part);
    }
    double[] all = new double[count];
    for (int i = 0; i < parts.size(); i++) {
      System.arraycopy(parts.get(i), 0, all, i * AT_ONCE, parts.get(i).length);
    }
    return all;
  }

  /**
   * Reads some consecutive rows of an array, and passes over the others.
   *
   * @param rows into which the array divides evenly
   * @param from first row read
   * @param to row after the last one read
   */
  static double[] readDoubles(DataInput in, int rows, int from, int to) throws IOException {
    int length = readLength(in, Double.BYTES);
    if (rows < 1 || length % rows != 0) {
      throw new IOException("malformed: %d numbers do not make %d steps".formatted(length, rows));
    }
    int width = length / rows;
    skip(in, (long) from * width * Double.BYTES);
    double[] values = readDoubles(in, (to - from) * width);
    skip(in, (long) (rows - to) * width * Double.BYTES);
    return values;
  }

  /** Reads an array that is there already. */
  static void readDoubles(DataInput in, double[] values) throws IOException {
    requireLength(in, values.length);
    readBlocks(in, values);
  }

  /** Reads an array of a known length. */
  static double[] readExactly(DataInput in, int length) throws IOException {
    requireLength(in, length);
    return readDoubles(in, length);
  }

  private static void requireLength(DataInput in, int expected) throws IOException {
    int length = in.readInt();
    if (length != expected) {
      throw new IOException("found %d numbers, expected %d".formatted(length, expected));
    }
  }

  private static void readBlocks(DataInput in, double[] values) throws IOException {
    if (in instanceof NumbersInput numbers) {
      numbers.readAll(values);
      return;
    }
    ByteBuffer block = block(values.length, Double.BYTES);
    int most = block.capacity() / Double.BYTES;
    for (int from = 0; from < values.length; from += most) {
      int count = Math.min(most, values.length - from);
      in.readFully(block.array(), 0, count * Double.BYTES);
      block.asDoubleBuffer().get(values, from, count);
    }
  }

  /** Writes the length and the numbers. */
  public static void writeInts(DataOutput out, int[] values) throws IOException {
    out.writeInt(values.length);
    ByteBuffer block = block(values.length, Integer.BYTES);
    int most = block.capacity() / Integer.BYTES;
    for (int from = 0; from < values.length; from += most) {
      int count = Math.min(most, values.length - from);
      if (!passesOver(out, count * Integer.BYTES)) {
        block.asIntBuffer().put(values, from, count);
        out.write(block.array(), 0, count * Integer.BYTES);
      }
    }
  }

  /** Reads what {@link #writeInts} wrote. */
  public static int[] readInts(DataInput in) throws IOException {
    return readInts(in, readLength(in, Integer.BYTES));
  }

  private static int[] readInts(DataInput in, int count) throws IOException {
    int[] values = new int[atOnce(in, count)];
    readBlocks(in, values);
    if (values.length == count) {
      return values;
    }
    List<int[]> parts = new ArrayList<>(List.of(values));
    for (int left = count - values.length; left > 0; left -= AT_ONCE) {
      int[] part = new int[Math.min(left, AT_ONCE)];
      readBlocks(in, part);
      parts.add(part);
    }
    int[] all = new int[count];
    for (int i = 0; i < parts.size(); i++) {
      System.arraycopy(parts.get(i), 0, all, i * AT_ONCE, parts.get(i).length);
    }
    return all;
  }

  /**
   * Reads some consecutive elements of an array, and passes over the others.
   *
   * @param length that the array must have
   */
  static int[] readInts(DataInput in, int length, int from, int to) throws IOException {
    int found = readLength(in, Integer.BYTES);
    if (found != length) {
      throw new IOException("malformed: %d numbers for %d steps".formatted(found, length));
    }
    return readRows(in, 1, length, from, to);
  }

  /**
   * Reads some consecutive rows of an array, and passes over the others.
   *
   * @param rows into which the array divides evenly
   */
  static int[] readIntRows(DataInput in, int rows, int from, int to) throws IOException {
    int length = readLength(in, Integer.BYTES);
    if (rows < 1 || length % rows != 0) {
      throw new IOException("malformed: %d ids do not make %d steps".formatted(length, rows));
    }
    return readRows(in, length / rows, rows, from, to);
  }

  private static int[] readRows(DataInput in, int width, int rows, int from, int to)
      throws IOException {
    skip(in, (long) from * width * Integer.BYTES);
    int[] values = readInts(in, (to - from) * width);
    skip(in, (long) (rows - to) * width * Integer.BYTES);
    return values;
  }

  private static void readBlocks(DataInput in, int[] values) throws IOException {
    ByteBuffer block = block(values.length, Integer.BYTES);
    int most = block.capacity() / Integer.BYTES;
    for (int from = 0; from < values.length; from += most) {
      int count = Math.min(most, values.length - from);
      in.readFully(block.array(), 0, count * Integer.BYTES);
      block.asIntBuffer().get(values, from, count);
    }
  }

  private static void skip(DataInput in, long bytes) throws IOException {
    for (long left = bytes; left > 0; ) {
      int skipped = in.skipBytes((int) Math.min(left, Integer.MAX_VALUE));
      if (skipped <= 0) {
        in.readByte(); // tells the end of the bytes from a pause
        skipped = 1;
      }
      left -= skipped;
    }
  }

  /** Writes the length and the UTF-8 bytes. */
  public static void writeText(DataOutput out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** Reads what {@link #writeText} wrote. */
  public static String readText(DataInput in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  /** Reads a length, and so many bytes. */
  public static byte[] readBytes(DataInput in) throws IOException {
    int length = readLength(in, 1);
    byte[] bytes = new byte[atOnce(in, length)];
    in.readFully(bytes);
    while (bytes.length < length) {
      int read = bytes.length;
      bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * read));
      in.readFully(bytes, read, bytes.length - read);
    }
    return bytes;
  }

  private static int readLength(DataInput in, int width) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      throw new IOException("malformed: a length of " + length);
    }
    requireLeft(in, (long) length * width);
    return length;
  }

  /**
   * Checks, before memory is taken for them, that so many bytes are left, where that can be told:
   * in the messages of resident tasks, which are byte arrays.
   */
  public static void requireLeft(DataInput in, long bytes) throws IOException {
    if (in instanceof PiecesInput message && bytes > message.left()) {
      throw new EOFException(
          "malformed: %d bytes should follow, but %d do".formatted(bytes, message.left()));
    }
  }

  /** How many elements to take memory for before any has come. */
  private static int atOnce(DataInput in, int count) {
    return tellsWhatIsLeft(in) ? count : Math.min(count, AT_ONCE);
  }

  /** Whether {@link #requireLeft} checks anything. */
  static boolean tellsWhatIsLeft(DataInput in) {
    return in instanceof PiecesInput;
  }

  private static ByteBuffer block(int elements, int width) {
    int size = (int) Math.min(BLOCK, Math.max(1L, elements) * width);
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
