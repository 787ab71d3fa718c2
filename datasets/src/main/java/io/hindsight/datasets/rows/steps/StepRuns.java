package io.hindsight.datasets.rows.steps;

import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.rows.TaskIterator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Puts rows that {@link StepReader} makes of one partition together, where those of a sequence come
 * in order of time: Spark shuffles and sorts one row for many then. {@link MergedRuns} takes them
 * apart again, and the rows come out as if each had been sorted by itself.
 *
 * <p>Rows of other sequences may lie between; of how many, is a matter of memory. Which rows come
 * together depends on their places in the table, what becomes of them does not.
 */
public final class StepRuns implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private static final int MOST_BYTES = 1 << 23; // that wait for others of their sequence

  private final StepReader reader;

  /** Puts together what this makes. */
  public StepRuns(StepReader reader) {
    this.reader = reader;
  }

  /** The columns of the rows: those that are sorted by, and last the further rows. */
  public static StructType schema(RowLayout layout) {
    return StepReader.schema(layout).add("others", DataTypes.BinaryType);
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return of(reader.call(rows));
  }

  /** Runs of rows as {@link StepReader} makes them. */
  static Iterator<Row> of(Iterator<Row> steps) {
    return new Runs(steps);
  }

  private static final class Runs extends TaskIterator<Row, Row> {
    private final Map<String, StepRun> waiting = new HashMap<>(); // by id
    private String id; // of the row before
    private StepRun run; // of that id; null before the first row
    private long bytes; // that wait, about

    Runs(Iterator<Row> rows) {
      super(rows);
    }

    @Override
    protected void accept(Row row) {
      begin(StepReader.id(row));
      if (!run.mayTake(row)) {
        endRun();
      }
      int before = run.size();
      run.add(row);
      bytes += run.size() - before;
      if (run.isFull()) {
        endRun();
      }
      if (bytes > MOST_BYTES) {
        endAll();
      }
    }

    private void begin(String next) {
      if (run == null || !next.equals(id)) {
        id = next;
        run = waiting.computeIfAbsent(id, same -> new StepRun());
      }
    }

    /** Ends a run and begins another. */
    private void endRun() {
      int before = run.size();
      run.rows().forEach(this::put);
      run.clear();
      bytes += run.size() - before;
    }

    @Override
    protected void end() {
      endAll();
    }

    private void endAll() {
      waiting.values().forEach(each -> each.rows().forEach(this::put));
      waiting.clear();
      run = null;
      bytes = 0;
    }
  }
}
