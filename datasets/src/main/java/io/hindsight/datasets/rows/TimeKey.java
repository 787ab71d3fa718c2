package io.hindsight.datasets.rows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Times as bytes whose order, byte by byte and unsigned, is that of the times, so that Spark can
 * sort by them in its own form of rows. Equal times have equal bytes, however they are written.
 *
 * <p>Columns of timestamps have keys of eight bytes. A number that is written as text is a sign,
 * the power of ten of its first digit, and its digits; the bits of a negative one are turned round,
 * so that the larger comes first.
 */
final class TimeKey {
  private static final byte NEGATIVE = 1;
  private static final byte ZERO = 2;
  private static final byte POSITIVE = 3;
  private static final byte TEXT = 4;
  private static final int HEAD = 1 + Integer.BYTES;

  private TimeKey() {}

  /** The key of a timestamp, where the whole column holds some. */
  static byte[] ofTimestamp(long time) {
    return ByteBuffer.allocate(Long.BYTES).putLong(time ^ Long.MIN_VALUE).array();
  }

  /** The timestamp of a key of one. */
  static long timestamp(byte[] key) {
    return ByteBuffer.wrap(key).getLong() ^ Long.MIN_VALUE;
  }

  /** The key of a number that is written as text. */
  static byte[] of(BigDecimal number) {
    if (number.signum() == 0) {
      return new byte[] {ZERO};
    }
    BigDecimal plain = number.stripTrailingZeros();
    BigInteger digits = plain.unscaledValue().abs();
    String text = digits.toString();
    return of(number.signum(), text.length() - plain.scale(), text);
  }

  /** Negative ones end with a byte above all others: of two, the one with more digits is less. */
  private static byte[] of(int sign, int power, String digits) {
    byte[] text = digits.getBytes(StandardCharsets.US_ASCII);
    boolean isNegative = sign < 0;
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

  /** The key of a text that writes no number. */
  static byte[] of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + bytes.length).put(TEXT).put(bytes).array();
  }

  /** Whether it is the key of a text, which {@link #text} gives back. */
  static boolean isText(byte[] key) {
    return key[0] == TEXT;
  }

  /** The text of a key of one. */
  static String text(byte[] key) {
    return new String(key, 1, key.length - 1, StandardCharsets.UTF_8);
  }
}
