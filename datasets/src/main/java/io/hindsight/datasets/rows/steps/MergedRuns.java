package io.hindsight.datasets.rows.steps;

import io.hindsight.datasets.IdOrder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The rows of {@link StepRuns}, which come sorted by their first ones, each by itself and in the
 * order of {@link StepReader#sort}. Only runs whose times overlap are held.
 */
public final class MergedRuns implements Iterator<Row> {
  private static final Comparator<Row> ORDER =
      Comparator.comparingLong(StepReader::roughOrder)
          .thenComparing(StepReader::id, IdOrder.UTF_8)
          .thenComparing(StepRun.BY_TIME);

  private final Iterator<Row> runs;
  private final PriorityQueue<Run> open =
      new PriorityQueue<>(Comparator.comparing(run -> run.row, ORDER));
  private Run next; // that has not begun; null behind the last

  /** Of runs that were sorted. */
  public MergedRuns(Iterator<Row> runs) {
    this.runs = runs;
    next = read();
  }

  private Run read() {
    return runs.hasNext() ? new Run(runs.next()) : null;
  }

  @Override
  public boolean hasNext() {
    return next != null || !open.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    while (next != null && (open.isEmpty() || ORDER.compare(next.row, open.peek().row) < 0)) {
      open.add(next);
      next = read();
    }
    Run first = open.remove();
    Row row = first.row;
    if (first.advance()) {
      open.add(first);
    }
    return row;
  }

  /** A run, and how far it was read. */
  private static final class Run {
    private final ByteBuffer others;
    private Row row; // the next

    Run(Row run) {
      int last = run.size() - 1;
      byte[] packed = run.getAs(last);
      others = ByteBuffer.wrap(packed == null ? new byte[0] : packed);
      Object[] cells = new Object[last];
      for (int at = 0; at < last; at++) {
        cells[at] = run.get(at);
      }
      row = RowFactory.create(cells);
    }

    /** Goes to the next row, if there is one. */
    boolean advance() {
      if (!others.hasRemaining()) {
        return false;
      }
      Object[] cells = new Object[row.size()];
      long order = others.getLong();
      cells[StepReader.ROUGH_AT] = RoughOrder.at(StepReader.roughOrder(row), order);
      cells[StepReader.ID_AT] = StepReader.id(row);
      cells[StepReader.ORDER_AT] = order;
      for (int at = StepReader.REST_AT; at < cells.length; at++) {
        byte[] bytes = bytes();
        boolean isText = at == StepReader.TIME_AT && bytes != null;
        cells[at] = isText ? new String(bytes, StandardCharsets.UTF_8) : bytes;
      }
      row = RowFactory.create(cells);
      return true;
    }

    private byte[] bytes() {
      int length = others.getInt();
      if (length < 0) {
        return null;
      }
      byte[] bytes = new byte[length];
      others.get(bytes);
      return bytes;
    }
  }
}
