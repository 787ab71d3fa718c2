package io.hindsight.datasets;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

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

  /** Puts the bits of some of the numbers, big-endian. */
  public void put(int from, int count, ByteBuffer to) {
    for (int i = from; i < from + count; i++) {
      to.putDouble(values[i]);
    }
  }

  /** The number at an index from 0. */
  public double get(int index) {
    return values[Objects.checkIndex(index, size)];
  }

  /** How many there are. */
  public int size() {
    return size;
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
