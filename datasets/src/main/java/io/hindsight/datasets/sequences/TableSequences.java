package io.hindsight.datasets.sequences;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.FixedWidth;
import io.hindsight.datasets.IdOrder;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.RawTable;
import io.hindsight.datasets.progress.ReadProgress;
import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.sequences.pieces.PieceReader;
import io.hindsight.datasets.sequences.pieces.PieceReader.Read;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The sequences of a table, read by the executors and brought to the driver, in the order of their
 * ids.
 *
 * <p>Rows that hold whole sequences and have no id are numbered as they follow each other in the
 * files, sorted by name.
 */
public final class TableSequences {
  private final RowLayout layout;
  private final SequenceRows rows;
  private final List<Read> sequences = new ArrayList<>();

  private TableSequences(Dataset<Row> rows, RowLayout layout, int partitions) {
    this.layout = layout;
    this.rows = new SequenceRows(rows, layout, partitions);
  }

  /**
   * Reads a table.
   *
   * @param rows as the layout has them
   * @param partitions to bring sequences together in; 0 leaves it to Spark
   * @param small whether rows may be brought together on the driver, which is quicker for few
   * @throws DataException the first fault of the table, whatever its partitions
   */
  public static RawTable read(Dataset<Row> rows, RowLayout layout, int partitions, boolean small) {
    TableSequences table = new TableSequences(rows, layout, partitions);
    if (small && !layout.nested()) {
      table.accept(table.rows.piecesOfFewSteps());
    } else {
      try (ReadProgress watched = table.rows.watch()) {
        Batches.forEach(table.rows.pieces().javaRDD(), table::accept);
      }
    }
    return table.checked();
  }

  /** Takes the pieces of a partition. */
  private void accept(Iterator<byte[]> pieces) {
    RowSearch search = rows.search();
    PieceReader reader = new PieceReader(id -> () -> search.file(id));
    while (pieces.hasNext()) {
      reader.accept(pieces.next()).ifPresent(sequences::add);
    }
  }

  private RawTable checked() {
    rows.requireSound();
    if (sequences.isEmpty()) {
      throw layout.noRows();
    }
    return new RawTable(
        layout.source(), inOrder(), rows.features(), rows.targets(), layout.labelled());
  }

  private List<RawSequence> inOrder() {
    if (layout.nested()) {
      sequences.sort(Comparator.comparing(Read::place));
      return layout.hasIds() ? withoutDuplicates() : numbered();
    }
    return byId();
  }

  private List<RawSequence> byId() {
    return sequences.stream()
        .map(Read::sequence)
        .sorted(Comparator.comparing(RawSequence::id, IdOrder.UTF_8))
        .toList();
  }

  private List<RawSequence> numbered() {
    List<RawSequence> numbered = new ArrayList<>();
    for (Read read : sequences) {
      numbered.add(read.sequence().withId("row-" + FixedWidth.of(numbered.size() + 1L, 10)));
    }
    return numbered;
  }

  private List<RawSequence> withoutDuplicates() {
    Comparator<Read> byId = Comparator.comparing(read -> read.sequence().id(), IdOrder.UTF_8);
    sequences.sort(byId); // keeps the order of places
    for (int i = 1; i < sequences.size(); i++) {
      Read before = sequences.get(i - 1);
      Read read = sequences.get(i);
      if (byId.compare(before, read) == 0) {
        throw new DataException(
            "a sequence must have one row where rows hold whole sequences",
            "sequence '%s' twice".formatted(read.sequence().id()),
            "%s and %s, column %s".formatted(before.place(), read.place(), layout.idName()),
            "remove one of the rows");
      }
    }
    return sequences.stream().map(Read::sequence).toList();
  }
}
