package io.hindsight.datasets.rows.steps;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Rows of one sequence as {@link StepReader} makes them, in order of time, on their way into one
 * row: the first as it is, and all others as bytes.
 */
final class StepRun {
  /** Comes in the order in which Spark sorts what {@link StepReader} makes. */
  static final Comparator<Row> BY_TIME =
      Comparator.comparing(StepReader::key).thenComparing(StepReader::comparePlaces);

  /** Fewer are not worth it; and of rows in no order, so many are never in order by chance. */
  private static final int FEWEST = 8;

  private static final int MOST_BYTES = 1 << 14; // of those behind the first
  private static final int OBJECTS = 256; // bytes of a row that is held, beside its values

  private final List<Row> held = new ArrayList<>(FEWEST); // all while they are few, then the first
  private ByteBuffer others = ByteBuffer.allocate(0); // all but the first, once they are not few
  private Row last;
  private int size; // bytes of those that are held

  /** Whether a row of the same sequence may follow. */
  boolean mayTake(Row row) {
    return last == null || BY_TIME.compare(last, row) <= 0;
  }

  /** Takes the next row. */
  void add(Row row) {
    last = row;
    if (areFew() && held.size() < FEWEST) {
      held.add(row);
      size += StepReader.values(row).length + OBJECTS;
      return;
    }
    if (areFew()) {
      List<Row> more = held.subList(1, held.size());
      more.forEach(this::pack);
      more.clear();
    }
    pack(row);
  }

  private boolean areFew() {
    return others.position() == 0;
  }

  /** Whether it is long enough. */
  boolean isFull() {
    return others.position() >= MOST_BYTES;
  }

  /** Bytes that it takes, about. */
  int size() {
    return size + others.capacity();
  }

  /** One row for all, or the rows themselves where they are few; the last column is the others. */
  List<Row> rows() {
    byte[] packed = areFew() ? null : Arrays.copyOf(others.array(), others.position());
    return held.stream().map(row -> with(row, packed)).toList();
  }

  /** Begins anew, with the room it has. */
  void clear() {
    held.clear();
    others.clear();
    last = null;
    size = 0;
  }

  private static Row with(Row row, byte[] packed) {
    Object[] cells = new Object[row.size() + 1];
    for (int at = 0; at < row.size(); at++) {
      cells[at] = row.get(at);
    }
    cells[row.size()] = packed;
    return RowFactory.create(cells);
  }

  private void pack(Row row) {
    room(Long.BYTES).putLong(StepReader.key(row).order());
    for (int at = StepReader.REST_AT; at < row.size(); at++) {
      put(
          row.get(at) instanceof String text
              ? text.getBytes(StandardCharsets.UTF_8)
              : row.getAs(at));
    }
  }

  private void put(byte[] bytes) {
    if (bytes == null) {
      room(Integer.BYTES).putInt(-1);
    } else {
      room(Integer.BYTES + bytes.length).putInt(bytes.length).put(bytes);
    }
  }

  private ByteBuffer room(int length) {
    if (length > others.remaining()) {
      int needed = Math.addExact(others.position(), length);
      others = ByteBuffer.allocate(Math.addExact(needed, needed)).put(others.flip());
    }
    return others;
  }
}
