package io.hindsight.datasets.rows;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where a time stands among all times of a column, in a form that Spark can sort by in its own
 * rows: a number, which decides as a rule, and bytes for those that it does not tell apart. Equal
 * times have equal keys, however they are written.
 *
 * <p>The number is that of a timestamp; of a number the largest double that is not above it; of
 * another text its digits, the first {@value TimeShape#MOST_DIGITS}. Its upper bits tell most times
 * apart.
 *
 * @param order as signed numbers sort
 * @param rest as bytes sort without signs, after none; null where the number tells all
 */
public record TimeKey(long order, byte[] rest) implements Comparable<TimeKey>, Serializable {
  private static final byte NEGATIVE = 1;
  private static final byte POSITIVE = 2;
  private static final int HEAD = 1 + Integer.BYTES;

  /** The key of a timestamp, where the whole column holds some. */
  static TimeKey ofTimestamp(long time) {
    return new TimeKey(time, null);
  }

  /** The key of a number that is written as text. */
  static TimeKey of(BigDecimal number) {
    double nearest = number.doubleValue();
    if (Double.isInfinite(nearest)) {
      nearest = nearest > 0 ? Double.MAX_VALUE : nearest;
      return new TimeKey(sortable(nearest), bytes(number));
    }
    int compared = new BigDecimal(nearest).compareTo(number);
    return compared == 0
        ? new TimeKey(sortable(nearest), null)
        : new TimeKey(sortable(compared > 0 ? Math.nextDown(nearest) : nearest), bytes(number));
  }

  /** As {@link #of(BigDecimal)}, of a text of nothing but digits that a long can hold. */
  static TimeKey ofWhole(String digits) {
    long number = Long.parseLong(digits);
    return (long) (double) number == number
        ? new TimeKey(sortable((double) number), null)
        : of(BigDecimal.valueOf(number));
  }

  /** Bits whose order as signed numbers is that of the numbers. */
  private static long sortable(double number) {
    long bits = Double.doubleToLongBits(number == 0 ? 0.0 : number); // there is one zero
    return bits >= 0 ? bits : bits ^ Long.MAX_VALUE;
  }

  /**
   * A sign, the power of ten of the first digit, and the digits; the bits of a negative number are
   * turned round, so that the larger comes first.
   */
  private static byte[] bytes(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    BigInteger digits = plain.unscaledValue().abs();
    String text = digits.toString();
    return bytes(number.signum() < 0, text.length() - plain.scale(), text);
  }

  /** Negative ones end with a byte above all others: of two, the one with more digits is less. */
  private static byte[] bytes(boolean isNegative, int power, String digits) {
    byte[] text = digits.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer key = ByteBuffer.allocate(HEAD + text.length + (isNegative ? 1 : 0));
    key.put(isNegative ? NEGATIVE : POSITIVE).putInt(power ^ Integer.MIN_VALUE).put(text);
    if (isNegative) {
      key.put((byte) 0);
      for (int i = 1; i < key.capacity(); i++) {
        key.put(i, (byte) ~key.get(i));
      }
    }
    return key.array();
  }

  /** The key of a text that writes no number, among others of its shape. */
  static TimeKey of(String text, TimeShape shape) {
    byte[] rest = shape.hasFewDigits() ? null : text.getBytes(StandardCharsets.UTF_8);
    return new TimeKey(shape.digits(text), rest);
  }

  /** Bytes that sort without signs as the keys do. */
  byte[] toBytes() {
    int length = Long.BYTES + (rest == null ? 0 : rest.length);
    ByteBuffer bytes = ByteBuffer.allocate(length).putLong(order ^ Long.MIN_VALUE);
    return (rest == null ? bytes : bytes.put(rest)).array();
  }

  @Override
  public int compareTo(TimeKey other) {
    int byOrder = Long.compare(order, other.order);
    return byOrder != 0 ? byOrder : Arrays.compareUnsigned(rest, other.rest); // null comes first
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TimeKey key && compareTo(key) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(order) + Arrays.hashCode(rest);
  }
}
