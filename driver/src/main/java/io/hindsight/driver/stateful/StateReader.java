package io.hindsight.driver.stateful;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the parts of a {@link SequenceState}'s bytes. Whatever the bytes say, nothing is reserved
 * for more than there are.
 *
 * <p>All methods throw an {@link IOException} that says what is wrong, to be put behind a colon.
 */
final class StateReader {
  private final ByteBuffer in;

  /** For the bytes of [from, to). */
  StateReader(byte[] all, int from, int to) {
    in = ByteBuffer.wrap(all, from, to - from);
  }

  long number() throws IOException {
    return next(Long.BYTES).getLong();
  }

  double[] numbers() throws IOException {
    double[] numbers = new double[count(Double.BYTES)];
    in.asDoubleBuffer().get(numbers);
    in.position(in.position() + numbers.length * Double.BYTES);
    return numbers;
  }

  /** Texts, each of which may be null. */
  List<String> texts() throws IOException {
    int count = count(Integer.BYTES);
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] bytes = bytes();
      texts.add(bytes == null ? null : text(bytes));
    }
    return texts;
  }

  /** A text that is there. */
  String someText() throws IOException {
    return text(someBytes());
  }

  private static String text(byte[] bytes) {
    return bytes.length == 0 ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  /** Bytes that are there. */
  byte[] someBytes() throws IOException {
    byte[] bytes = bytes();
    if (bytes == null) {
      throw new IOException("a part of it is missing");
    }
    return bytes;
  }

  /** Bytes, or null. */
  byte[] bytes() throws IOException {
    int length = next(Integer.BYTES).getInt();
    if (length == StateTexts.NULL) {
      return null;
    }
    byte[] bytes = new byte[within(length, 1)];
    in.get(bytes);
    return bytes;
  }

  /** That each row has as many numbers and texts as the next. */
  void requireRows(int rows, int... values) throws IOException {
    for (int count : values) {
      if (rows == 0 ? count != 0 : count % rows != 0) {
        throw new IOException("%d values of %d rows".formatted(count, rows));
      }
    }
  }

  void requireEnd() throws IOException {
    if (in.hasRemaining()) {
      throw new IOException("%d bytes too many".formatted(in.remaining()));
    }
  }

  private int count(int size) throws IOException {
    return within(next(Integer.BYTES).getInt(), size);
  }

  private int within(int count, int size) throws IOException {
    if (count < 0 || count > in.remaining() / size) {
      throw new IOException("%d values in %d bytes".formatted(count, in.remaining()));
    }
    return count;
  }

  private ByteBuffer next(int bytes) throws IOException {
    if (in.remaining() < bytes) {
      throw new IOException("it ends too early");
    }
    return in;
  }
}
