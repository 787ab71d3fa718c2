package io.hindsight.datasets.stored;

import io.hindsight.datasets.IdOrder;
import io.hindsight.datasets.encoded.TargetSeries;
import io.hindsight.datasets.windows.SequenceList;
import io.hindsight.kernels.batch.Sequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Takes encoded rows in any order, and keeps them on the heap as long as they are few, else in a
 * file.
 */
public final class SequenceWriter implements AutoCloseable {
  private final EncodedStore store;
  private final List<byte[]> held = new ArrayList<>(); // empty once there is a file
  private long bytes;
  private StoredRows file; // null while the rows are few

  /** A writer that has no file yet. */
  SequenceWriter(EncodedStore store) {
    this.store = store;
  }

  /**
   * Encoded rows.
   *
   * @param sequences whole, in the order of their ids
   * @param series their targets in original units, by id
   */
  public record Rows(SequenceList sequences, Function<String, TargetSeries> series) {}

  /**
   * Takes a row.
   *
   * @param row as {@link EncodedRow#toBytes} made it
   * @throws java.io.UncheckedIOException if the disk has no room for it
   */
  public void add(byte[] row) {
    bytes += row.length;
    if (file == null && bytes > store.heap()) {
      file = new StoredRows(store);
      held.forEach(file::add);
      held.clear();
    }
    if (file == null) {
      held.add(row);
    } else {
      file.add(row);
    }
  }

  /** What was taken, in the order of ids. */
  public Rows finish() {
    if (file != null) {
      StoredSequences stored = file.finish();
      return new Rows(stored, stored::series);
    }
    List<Sequence> sequences = new ArrayList<>(held.size());
    Map<String, TargetSeries> series = new HashMap<>();
    for (int i = 0; i < held.size(); i++) {
      EncodedRow row = EncodedRow.of(held.set(i, null));
      sequences.add(row.sequence());
      series.put(row.sequence().id(), row.series());
    }
    sequences.sort(Comparator.comparing(Sequence::id, IdOrder.UTF_8));
    return new Rows(SequenceList.of(sequences), series::get);
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }
}
