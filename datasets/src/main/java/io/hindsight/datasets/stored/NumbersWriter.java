package io.hindsight.datasets.stored;

import io.hindsight.datasets.Doubles;
import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.files.SparkFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Collects the numbers of a sequence: few on the heap, many in a file of their own that nobody else
 * sees, so that a long sequence takes no more of the heap than a short one. In a task of Spark the
 * file is gone with the task, else with whoever reads it.
 */
public final class NumbersWriter {
  /** Numbers that the heap holds, 16 MiB. */
  public static final int HELD = 1 << 21;

  private static final String WHAT = "the file of a long sequence";
  private static final AtomicInteger NEXT_FOLDER = new AtomicInteger();
  private static final int BLOCK = 1 << 16; // bytes

  private final int most;
  private Doubles held = new Doubles();
  private FileBytes.Writer file; // null while there are few
  private ByteBuffer block; // likewise
  private int size;

  /** For a sequence of any length. */
  public NumbersWriter() {
    this(HELD);
  }

  /**
   * The same with another limit.
   *
   * @param most numbers that the heap holds
   */
  public NumbersWriter(int most) {
    this.most = most;
  }

  /** How many there are so far. */
  public int size() {
    return size;
  }

  /**
   * Adds big-endian numbers.
   *
   * @param length their bytes
   */
  public void add(ByteBuffer bytes, int length) {
    size = Math.addExact(size, length / Double.BYTES);
    if (file == null && size > most) {
      begin();
    }
    if (file == null) {
      held.addBytes(bytes, length);
      return;
    }
    if (length > block.remaining()) {
      flush();
    }
    if (length > block.capacity()) {
      append(Arrays.copyOfRange(bytes.array(), at(bytes), at(bytes) + length));
    } else {
      block.put(bytes.array(), at(bytes), length);
    }
    bytes.position(bytes.position() + length);
  }

  private static int at(ByteBuffer bytes) {
    return bytes.arrayOffset() + bytes.position();
  }

  private void begin() {
    try {
      file = LocalFolder.ofSpark(NEXT_FOLDER.getAndIncrement()).writer(WHAT);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make %s: %s".formatted(WHAT, e), e);
    }
    block = ByteBuffer.allocate(BLOCK);
    for (int from = 0; from < held.size(); from += BLOCK / Double.BYTES) {
      held.put(from, Math.min(BLOCK / Double.BYTES, held.size() - from), block);
      flush();
    }
    held = null;
  }

  private void flush() {
    append(Arrays.copyOf(block.array(), block.position()));
    block.clear();
  }

  private void append(byte[] some) {
    try {
      file.append(some);
    } catch (IOException full) {
      throw new UncheckedIOException(full.getMessage(), full);
    }
  }

  /** All numbers; nothing may be added any more. */
  public RowNumbers finish() {
    if (file == null) {
      return RowNumbers.of(held.toArray());
    }
    flush();
    try {
      FileBytes bytes = file.finish();
      SparkFiles.whenTaskEnds(bytes::close);
      return new FileNumbers(bytes, 0, size);
    } catch (IOException full) {
      throw new UncheckedIOException(full.getMessage(), full);
    }
  }
}
