package io.hindsight.driver.engine.wire;

import io.hindsight.driver.engine.wire.Pieces.PiecesInput;
import io.hindsight.driver.engine.wire.Pieces.PiecesOutput;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Arrays and texts as bytes: a length, then the elements, little-endian, in blocks of 8 KiB. */
final class Bytes {
  private static final int BLOCK = 8192; // bytes

  private Bytes() {}

  static void writeDoubles(DataOutput out, double[] values) throws IOException {
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

  static double[] readDoubles(DataInput in) throws IOException {
    double[] values = new double[readLength(in, Double.BYTES)];
    readBlocks(in, values);
    return values;
  }

  /**
   * Reads some consecutive rows of an array, and passes over the others.
   *
   * @param rows into which the array divides evenly
   * @param from first row read
   * @param to row after the last one read
   */
  static double[] readDoubles(DataInput in, int rows, int from, int to) throws IOException {
    int length = in.readInt();
    int width = length / rows;
    skip(in, (long) from * width * Double.BYTES);
    double[] values = new double[(to - from) * width];
    readBlocks(in, values);
    skip(in, (long) (rows - to) * width * Double.BYTES);
    return values;
  }

  /** Reads an array that is there already. */
  static void readDoubles(DataInput in, double[] values) throws IOException {
    int length = in.readInt();
    if (length != values.length) {
      throw new IOException("found %d numbers, expected %d".formatted(length, values.length));
    }
    readBlocks(in, values);
  }

  private static void readBlocks(DataInput in, double[] values) throws IOException {
    if (in instanceof PiecesInput pieces) {
      pieces.readAll(values);
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

  static void writeInts(DataOutput out, int[] values) throws IOException {
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

  static int[] readInts(DataInput in) throws IOException {
    int[] values = new int[readLength(in, Integer.BYTES)];
    readBlocks(in, values);
    return values;
  }

  /** Reads some consecutive elements of an array, and passes over the others. */
  static int[] readInts(DataInput in, int from, int to) throws IOException {
    int length = in.readInt();
    skip(in, (long) from * Integer.BYTES);
    int[] values = new int[to - from];
    readBlocks(in, values);
    skip(in, (long) (length - to) * Integer.BYTES);
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

  static void writeText(DataOutput out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String readText(DataInput in) throws IOException {
    byte[] bytes = new byte[readLength(in, 1)];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
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
  static void requireLeft(DataInput in, long bytes) throws IOException {
    if (in instanceof PiecesInput message && bytes > message.left()) {
      throw new EOFException(
          "malformed: %d bytes should follow, but %d do".formatted(bytes, message.left()));
    }
  }

  private static ByteBuffer block(int elements, int width) {
    int size = (int) Math.min(BLOCK, Math.max(1L, elements) * width);
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
