package io.hindsight.datasets.chunks;

import io.hindsight.datasets.stored.EncodedRow;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Rows on their way to a chunk, in parts, so that nobody holds one as bytes as a whole: each a key,
 * by which they are brought in order, and some of the row's bytes; before those of the first the
 * row's head.
 *
 * <pre>  key: id: length, UTF-8 · number of the part</pre>
 *
 * @param <S> sequences that rows are made of
 */
public final class RowParts<S> implements Iterator<byte[]> {
  private static final int MOST = 1 << 16; // bytes, which tasks hold hundreds of at a time

  private final Iterator<S> sequences;
  private final Function<S, Optional<EncodedRow>> encoding;
  private Iterator<byte[]> parts = Collections.emptyIterator(); // of the row that has begun
  private byte[] id; // of it
  private byte[] head; // of it; null after the first part
  private int number; // of the next part

  /** Of sequences, of which each is encoded when its first part is asked for. */
  public RowParts(Iterator<S> sequences, Function<S, Optional<EncodedRow>> encoding) {
    this.sequences = sequences;
    this.encoding = encoding;
  }

  @Override
  public boolean hasNext() {
    while (!parts.hasNext() && sequences.hasNext()) {
      parts = Collections.emptyIterator(); // so that the row before is garbage
      encoding.apply(sequences.next()).ifPresent(this::begin);
    }
    return parts.hasNext();
  }

  private void begin(EncodedRow row) {
    id = row.idBytes();
    head = RowHead.of(row);
    number = 0;
    parts = row.parts(MOST);
  }

  @Override
  public byte[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException("all rows are taken");
    }
    byte[] some = parts.next();
    int size = 2 * Integer.BYTES + id.length + (head == null ? 0 : head.length) + some.length;
    ByteBuffer part = ByteBuffer.allocate(size).putInt(id.length).put(id).putInt(number++);
    if (head != null) {
      part.put(head);
      head = null;
    }
    return part.put(some).array();
  }

  /** The key of a part. */
  public static byte[] key(byte[] part) {
    return Arrays.copyOf(part, 2 * Integer.BYTES + ByteBuffer.wrap(part).getInt());
  }

  /** The id of a key, or of a part. */
  public static byte[] id(byte[] key) {
    return RowHead.id(key);
  }

  /** The number of a part in its row. */
  static int number(byte[] part) {
    return ByteBuffer.wrap(part).getInt(Integer.BYTES + ByteBuffer.wrap(part).getInt());
  }

  /** What comes first: by ids as bytes, then by number; also of parts. */
  public static int compare(byte[] left, byte[] right) {
    int byId = RowHead.compareIds(left, right);
    return byId == 0 ? Integer.compare(number(left), number(right)) : byId;
  }
}
