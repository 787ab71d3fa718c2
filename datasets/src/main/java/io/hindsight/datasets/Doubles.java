package io.hindsight.datasets;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Numbers that are appended one by one. */
public final class Doubles {
  private double[] values = new double[16];
  private int size;

  /** Appends a number. */
  public void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.addExact(size, size));
    }
    values[size++] = value;
  }

  /** Appends numbers from their bits, big-endian, which are the next {@code length} bytes. */
  public void addBytes(ByteBuffer bytes, int length) {
    int end = bytes.position() + length;
    while (end - bytes.position() >= Double.BYTES) {
      add(bytes.getDouble());
    }
    bytes.position(end);
  }

  /** The bits of the numbers, big-endian. */
  public byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(size * Double.BYTES);
    bytes.asDoubleBuffer().put(values, 0, size);
    return bytes.array();
  }

  /** Forgets all numbers. */
  public void clear() {
    size = 0;
  }

  /** A copy of the numbers. */
  public double[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
