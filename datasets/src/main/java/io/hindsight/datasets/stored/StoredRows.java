package io.hindsight.datasets.stored;

import io.hindsight.datasets.PackedTexts;
import io.hindsight.datasets.encoded.PartCuts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/** Writes encoded rows into a file, one after the other, and remembers where each is. */
final class StoredRows implements AutoCloseable {
  private static final String WHAT = "the file of the encoded data";
  private static final int FIRST = 1024; // rows to have room for

  private final EncodedStore store;
  private final FileBytes.Writer file;
  private final PackedTexts.Builder ids = new PackedTexts.Builder();
  private long[] places = new long[FIRST];
  private int[] sizes = new int[FIRST];
  private int[] lengths = new int[FIRST];
  private PartCuts[] cuts = new PartCuts[FIRST];
  private final BitSet complete = new BitSet();
  private int count;
  private RowShape shape; // null before the first row

  StoredRows(EncodedStore store) {
    this.store = store;
    try {
      file = store.folder().writer(WHAT);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot make %s under %s: %s".formatted(WHAT, store.folder().path(), e), e);
    }
  }

  /** Appends a row. */
  void add(byte[] row) {
    if (count == places.length) {
      int more = Math.addExact(count, count);
      places = Arrays.copyOf(places, more);
      sizes = Arrays.copyOf(sizes, more);
      lengths = Arrays.copyOf(lengths, more);
      cuts = Arrays.copyOf(cuts, more);
    }
    if (shape == null) {
      shape = RowShape.of(EncodedRow.of(row).sequence());
    }
    ByteBuffer head = ByteBuffer.wrap(row);
    ids.add(head, head.getInt());
    lengths[count] = head.getInt();
    sizes[count] = row.length;
    cuts[count] = EncodedRow.cuts(row);
    complete.set(count, EncodedRow.isComplete(row));
    places[count++] = append(row);
  }

  private long append(byte[] row) {
    try {
      return file.append(row);
    } catch (IOException full) {
      throw new UncheckedIOException(full.getMessage(), full);
    }
  }

  /** The rows, to be read from now on. */
  StoredSequences finish() {
    try {
      StoredIndex index =
          new StoredIndex(
              ids.build(),
              Arrays.copyOf(places, count),
              Arrays.copyOf(sizes, count),
              Arrays.copyOf(lengths, count),
              Arrays.copyOf(cuts, count),
              complete);
      return new StoredSequences(
          new EncodedFile(file.finish(), shape), index, store.recent(), null);
    } catch (IOException full) {
      throw new UncheckedIOException(full.getMessage(), full);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + WHAT, e);
    }
  }
}
