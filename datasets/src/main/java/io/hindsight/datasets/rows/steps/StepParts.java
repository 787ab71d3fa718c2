package io.hindsight.datasets.rows.steps;

import java.nio.ByteBuffer;

/** The parts of a step's {@link StepValues}, each as its bytes. */
final class StepParts {
  private static final int COUNT = 8; // of the parts, whose numbers are the powers of two

  private final byte[][] parts; // by the power; null where a step has none

  private StepParts(byte[][] parts) {
    this.parts = parts;
  }

  /** Those of a step. */
  static StepParts of(byte[] step) {
    ByteBuffer bytes = ByteBuffer.wrap(step);
    int there = bytes.getShort();
    byte[][] parts = new byte[COUNT][];
    for (int power = 0; power < COUNT; power++) {
      if ((there & 1 << power) != 0) {
        parts[power] = new byte[bytes.getInt()];
        bytes.get(parts[power]);
      }
    }
    return new StepParts(parts);
  }

  /** A part; null if there is none. */
  byte[] get(int part) {
    return parts[Integer.numberOfTrailingZeros(part)];
  }

  /** The same with another part in place of one. */
  StepParts with(int part, byte[] other) {
    byte[][] others = parts.clone();
    others[Integer.numberOfTrailingZeros(part)] = other;
    return new StepParts(others);
  }

  /** As {@link StepValues#toBytes} has them. */
  byte[] toBytes() {
    int length = Short.BYTES;
    int there = 0;
    for (int power = 0; power < COUNT; power++) {
      length += parts[power] == null ? 0 : Integer.BYTES + parts[power].length;
      there |= parts[power] == null ? 0 : 1 << power;
    }
    ByteBuffer bytes = ByteBuffer.allocate(length).putShort((short) there);
    for (byte[] part : parts) {
      if (part != null) {
        bytes.putInt(part.length).put(part);
      }
    }
    return bytes.array();
  }
}
