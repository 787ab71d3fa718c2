package io.hindsight.datasets.rows.steps;

import io.hindsight.datasets.Doubles;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The values of one step as bytes, which go from the task that reads its row to that which encodes
 * its sequence: two bytes that tell which parts there are, then each with its length.
 */
public final class StepValues {
  public static final int INPUTS = 1;
  public static final int NUMBERS = 2;
  public static final int LABEL = 4;
  public static final int CATEGORIES = 8;
  public static final int FIXED = 16;
  public static final int WEIGHT = 32;
  public static final int RANK = 64;
  public static final int KEPT = 128;

  /** Not a part: the row has values only of what is known ahead. */
  public static final int AHEAD = 256;

  private ByteBuffer bytes = ByteBuffer.allocate(256);

  /** Forgets the step before. */
  public StepValues begin() {
    bytes.clear().putShort((short) 0);
    return this;
  }

  /** Tells that only what is known ahead has values. */
  public StepValues ahead() {
    bytes.putShort(0, (short) (bytes.getShort(0) | AHEAD));
    return this;
  }

  /** The inputs: {@code count} numbers of some. */
  public StepValues inputs(Doubles some, int from, int count) {
    return numbers(INPUTS, some, from, count);
  }

  /** The numeric targets, in the same way. */
  public StepValues numbers(Doubles some, int from, int count) {
    return numbers(NUMBERS, some, from, count);
  }

  private StepValues numbers(int part, Doubles some, int from, int count) {
    int length = Math.multiplyExact(count, Double.BYTES);
    begin(part, length);
    some.put(from, count, bytes);
    return this;
  }

  /** How much the target counts. */
  public StepValues weight(double weight) {
    begin(WEIGHT, Double.BYTES);
    bytes.putDouble(weight);
    return this;
  }

  /** Which part of the data the row belongs to, as a column tells. */
  public StepValues rank(int rank) {
    begin(RANK, Byte.BYTES);
    bytes.put((byte) rank);
    return this;
  }

  /** The label; null for none. */
  public StepValues label(String label) {
    return text(LABEL, label);
  }

  /** The cells that are handed on; null for none. */
  public StepValues kept(String cells) {
    return text(KEPT, cells);
  }

  /** The categories; null for one that is missing. */
  public StepValues categories(List<String> names) {
    byte[][] texts = utf8(names);
    begin(CATEGORIES, length(texts));
    put(texts);
    return this;
  }

  /** What the whole sequence has: how many numbers, the numbers, the categories. */
  public StepValues fixed(Doubles numbers, List<String> categories) {
    byte[][] texts = utf8(categories);
    int length = Integer.BYTES + numbers.size() * Double.BYTES + length(texts);
    begin(FIXED, length);
    bytes.putInt(numbers.size());
    numbers.put(0, numbers.size(), bytes);
    put(texts);
    return this;
  }

  private static byte[][] utf8(List<String> texts) {
    return texts.stream()
        .map(text -> text == null ? null : text.getBytes(StandardCharsets.UTF_8))
        .toArray(byte[][]::new);
  }

  private static int length(byte[][] texts) {
    int length = 0;
    for (byte[] text : texts) {
      length = Math.addExact(length, Integer.BYTES + (text == null ? 0 : text.length));
    }
    return length;
  }

  /** Each with its length, −1 for none. */
  private void put(byte[][] texts) {
    for (byte[] text : texts) {
      bytes.putInt(text == null ? -1 : text.length);
      if (text != null) {
        bytes.put(text);
      }
    }
  }

  private StepValues text(int part, String text) {
    if (text != null) {
      byte[] some = text.getBytes(StandardCharsets.UTF_8);
      begin(part, some.length);
      bytes.put(some);
    }
    return this;
  }

  private void begin(int part, int length) {
    int needed = Math.addExact(bytes.position() + Integer.BYTES, length);
    if (needed > bytes.capacity()) {
      int twice = (int) Math.min(Integer.MAX_VALUE - 8, 2L * bytes.capacity());
      bytes = ByteBuffer.allocate(Math.max(needed, twice)).put(bytes.flip());
    }
    bytes.putShort(0, (short) (bytes.getShort(0) | part)).putInt(length);
  }

  /** The bytes of the step. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  /** The bytes of a step of which only what is known ahead has values. */
  static byte[] ahead(byte[] step) {
    ByteBuffer.wrap(step).putShort(0, (short) (parts(step) | AHEAD));
    return step;
  }

  /** Whether a row has values only of what is known ahead. */
  public static boolean areAhead(byte[] step) {
    return (parts(step) & AHEAD) != 0;
  }

  /** Whether a step has inputs, and targets where targets were asked for. */
  public static boolean areThere(byte[] step) {
    return (parts(step) & INPUTS) != 0;
  }

  private static int parts(byte[] step) {
    return ByteBuffer.wrap(step).getShort();
  }
}
