package io.hindsight.datasets.sequences;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.IdOrder;
import io.hindsight.datasets.grid.Duplicates;
import io.hindsight.datasets.progress.ReadCounts;
import io.hindsight.datasets.rows.Collected;
import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.rows.TaskIterator;
import io.hindsight.datasets.rows.TimeKey;
import io.hindsight.datasets.rows.steps.RoughOrder;
import io.hindsight.datasets.rows.steps.SameTime;
import io.hindsight.datasets.rows.steps.StepReader;
import io.hindsight.datasets.rows.steps.StepValues;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/**
 * Reads the sequences of a table with a row per step from rows as {@link StepReader} makes and
 * sorts them: those of a sequence in order of time; those of sequences whose ids have one hash are
 * mixed. Rows of one time are refused, or read as one.
 */
final class SequenceReader implements MapPartitionsFunction<Row, byte[]> {
  private static final long serialVersionUID = 1L;

  private final RowLayout layout;
  private final Collected<SequenceFindings> collected;
  private final ReadCounts counts;

  /**
   * Reads sequences.
   *
   * @param collected where each task's findings go, after its last row
   */
  SequenceReader(RowLayout layout, Collected<SequenceFindings> collected, ReadCounts counts) {
    this.layout = layout;
    this.collected = collected;
    this.counts = counts;
  }

  @Override
  public Iterator<byte[]> call(Iterator<Row> rows) {
    return new Sequences(rows);
  }

  /** The sequences of one partition, as pieces. */
  private final class Sequences extends TaskIterator<Row, byte[]> {
    private final SequenceFindings findings = collected.none();
    private final Deque<PieceWriter> idle = new ArrayDeque<>();
    private final Map<String, Begun> begun = new TreeMap<>(IdOrder.UTF_8); // all of one hash
    private long hash;
    private Begun last; // the sequence of the row before; null before the first row

    Sequences(Iterator<Row> rows) {
      super(rows);
    }

    @Override
    protected void end() {
      endAll();
      collected.add(findings);
    }

    @Override
    protected void accept(Row row) {
      String id = StepReader.id(row);
      if (last == null || !last.id.equals(id)) {
        last = sequence(id, RoughOrder.hash(StepReader.roughOrder(row)));
      }
      last.accept(row);
    }

    private Begun sequence(String id, long nextHash) {
      if (nextHash != hash) {
        endAll();
        hash = nextHash;
      }
      return begun.computeIfAbsent(id, Begun::new);
    }

    private void endAll() {
      begun.values().forEach(Begun::end);
      begun.clear();
    }

    /** A sequence some rows of which were read. */
    private final class Begun {
      private final String id;
      private final PieceWriter writer;
      private final SameTime same = new SameTime(layout);
      private TimeKey key; // of the row before; null before the first
      private int merged;
      private boolean someEmpty;
      private boolean someFull;
      private boolean isBehindAhead; // whether the row before had only what is known ahead

      Begun(String id) {
        this.id = id;
        writer = idle.isEmpty() ? new PieceWriter(Sequences.this::put) : idle.pop();
        writer.begin(id, null, null);
      }

      void accept(Row row) {
        TimeKey next = StepReader.key(row);
        String time = StepReader.time(row, layout.time());
        if (next.equals(key)) {
          acceptTwice(time);
        }
        if (layout.duplicates() == Duplicates.ERROR || !next.equals(key)) {
          write();
        }
        key = next;
        same.add(time, StepReader.values(row));
      }

      private void acceptTwice(String time) {
        if (layout.duplicates() == Duplicates.ERROR) {
          findings.addTwice(id, key, same.time());
          findings.addTwice(id, key, time);
        } else {
          merged++;
        }
      }

      /** Writes the one step of the rows of one time. */
      private void write() {
        if (same.isEmpty()) {
          return;
        }
        String time = same.time();
        byte[] values = values();
        boolean isFull = StepValues.areThere(values);
        boolean isAhead = StepValues.areAhead(values);
        someFull |= isFull;
        someEmpty |= !isFull || (isBehindAhead && !isAhead && !layout.mayLackAllElse());
        isBehindAhead = isAhead;
        writer.step(time, values);
        same.clear();
      }

      private byte[] values() {
        try {
          return same.values(id);
        } catch (DataException e) {
          findings.addFault(id, e);
          return same.first();
        }
      }

      void end() {
        write();
        writer.end(merged);
        idle.push(writer);
        counts.addSequence();
        if (someEmpty && someFull) {
          findings.addMissing(id);
        }
      }
    }
  }
}
