package io.hindsight.datasets.stored;

import io.hindsight.datasets.IdOrder;
import io.hindsight.datasets.encoded.PartCuts;
import io.hindsight.datasets.encoded.TargetSeries;
import io.hindsight.datasets.windows.SequenceList;
import io.hindsight.kernels.batch.Sequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;

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
   * @param cuts where the parts of each begin, by its index
   */
  public record Rows(
      SequenceList sequences, Function<String, TargetSeries> series, IntFunction<PartCuts> cuts) {
    /** Rows on the heap, in the order of their ids. */
    public static Rows held(List<EncodedRow> rows) {
      Map<String, TargetSeries> series = new HashMap<>();
      rows.forEach(row -> series.put(row.sequence().id(), row.series()));
      List<PartCuts> cuts = rows.stream().map(EncodedRow::cuts).toList();
      List<Sequence> sequences = rows.stream().map(EncodedRow::sequence).toList();
      return new Rows(SequenceList.of(sequences), series::get, cuts::get);
    }

    /** Rows in files. */
    public static Rows of(StoredSequences stored) {
      return new Rows(stored, stored::series, stored::cuts);
    }
  }

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
      return Rows.of(file.finish());
    }
    List<EncodedRow> rows = new ArrayList<>(held.size());
    for (int i = 0; i < held.size(); i++) {
      rows.add(EncodedRow.of(held.set(i, null)));
    }
    rows.sort(Comparator.comparing(row -> row.sequence().id(), IdOrder.UTF_8));
    return Rows.held(rows);
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }
}
