package io.hindsight.datasets.sequences;

import io.hindsight.datasets.IdOrder;
import io.hindsight.datasets.progress.ReadCounts;
import io.hindsight.datasets.rows.Collected;
import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.rows.TaskIterator;
import io.hindsight.datasets.rows.steps.RoughOrder;
import io.hindsight.datasets.rows.steps.StepReader;
import io.hindsight.datasets.sequences.pieces.PieceWriter;
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
    private final Map<String, BegunSequence> begun =
        new TreeMap<>(IdOrder.UTF_8); // all of one hash
    private long hash;
    private BegunSequence last; // the sequence of the row before; null before the first row

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
      if (last == null || !last.id().equals(id)) {
        last = sequence(id, RoughOrder.hash(StepReader.roughOrder(row)));
      }
      last.accept(row);
    }

    private BegunSequence sequence(String id, long nextHash) {
      if (nextHash != hash) {
        endAll();
        hash = nextHash;
      }
      return begun.computeIfAbsent(id, this::begin);
    }

    private BegunSequence begin(String id) {
      PieceWriter writer = idle.isEmpty() ? new PieceWriter(this::put) : idle.pop();
      return new BegunSequence(id, layout, findings, writer);
    }

    private void endAll() {
      for (BegunSequence sequence : begun.values()) {
        idle.push(sequence.end());
        counts.addSequence();
      }
      begun.clear();
    }
  }
}
