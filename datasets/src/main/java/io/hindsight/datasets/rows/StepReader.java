package io.hindsight.datasets.rows;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Doubles;
import io.hindsight.datasets.progress.ReadCounts;
import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Checks the rows of a table with a row per step, and turns them into few columns that Spark can
 * shuffle and sort: id, key of the time, its text where the key does not tell it, the column that
 * is empty where all inputs or all targets are, inputs, numeric targets, label; and the cells that
 * are handed on, if there are such.
 *
 * <p>Faults are found, not thrown: which task fails first is chance, and the first fault of all
 * rows is not.
 */
public final class StepReader implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  public static final String ID = "id";
  public static final String KEY = "key";
  public static final int ID_AT = 0;
  public static final int KEY_AT = 1;
  public static final int TIME_AT = 2;
  public static final int EMPTY_AT = 3;
  public static final int INPUTS_AT = 4;
  public static final int NUMBERS_AT = 5;
  public static final int LABEL_AT = 6;
  public static final int KEPT_AT = 7;

  private static final StructType SCHEMA =
      new StructType()
          .add(ID, DataTypes.StringType)
          .add(KEY, DataTypes.BinaryType)
          .add("time", DataTypes.StringType)
          .add("empty", DataTypes.StringType)
          .add("inputs", DataTypes.BinaryType)
          .add("numbers", DataTypes.BinaryType)
          .add("label", DataTypes.StringType);

  private final RowLayout layout;
  private final Collected<RowFindings> collected;
  private final ReadCounts counts;

  /**
   * Reads rows.
   *
   * @param collected where each task's findings go, after its last row
   */
  public StepReader(RowLayout layout, Collected<RowFindings> collected, ReadCounts counts) {
    this.layout = layout;
    this.collected = collected;
    this.counts = counts;
  }

  /** The columns of the rows. */
  public static StructType schema(RowLayout layout) {
    return layout.keeps() ? SCHEMA.add("kept", DataTypes.StringType) : SCHEMA;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Steps(rows);
  }

  /** The checked rows of one partition. */
  private final class Steps extends TaskIterator<Row, Row> {
    private final RowFindings findings = collected.none();
    private final RowCounter counter = new RowCounter(layout);
    private final TimeReader times = new TimeReader(layout.time(), findings);
    private final RowLayout.ScopedRows scope = new RowLayout.ScopedRows(layout);
    private final Features inputs;
    private final Features numbers;
    private final Doubles values = new Doubles();

    Steps(Iterator<Row> rows) {
      super(rows);
      inputs = Features.ofInputs(layout, findings);
      numbers = Features.ofTargets(layout, findings);
    }

    /** A row behind a fault is of no use. */
    @Override
    protected void accept(Row row) {
      counts.addRow();
      TablePlace place = counter.next(row);
      if (!findings.isBehindFault(place)) {
        try {
          accept(new Cells(row, place, layout.decimal()));
        } catch (DataException e) {
          findings.addFault(place, e);
          counts.addFault();
        }
      }
    }

    @Override
    protected void end() {
      collected.add(findings);
    }

    /** A row outside the window counts for nothing, but its time must be one. */
    private void accept(Cells cells) {
      cells.requireWellFormed(layout.malformedAt(), layout.format());
      if (scope.contain(cells)) {
        put(step(cells));
      }
    }

    private Row step(Cells cells) {
      String id = layout.id(cells);
      times.read(layout.timeCell(cells), cells.place());
      Optional<String> empty = layout.emptyColumn(cells);
      boolean hasNumbers = empty.isEmpty() && !layout.numbers().isEmpty();
      Object[] step = new Object[layout.keeps() ? KEPT_AT + 1 : KEPT_AT];
      step[ID_AT] = id;
      step[KEY_AT] = times.key();
      step[TIME_AT] = times.text();
      step[EMPTY_AT] = empty.orElse(null);
      step[INPUTS_AT] = empty.isPresent() ? null : bytes(inputs, cells);
      step[NUMBERS_AT] = hasNumbers ? bytes(numbers, cells) : null;
      step[LABEL_AT] = empty.isPresent() ? null : label(cells);
      if (layout.keeps()) {
        step[KEPT_AT] = layout.kept(cells);
      }
      return RowFactory.create(step);
    }

    private byte[] bytes(Features features, Cells cells) {
      values.clear();
      features.addStep(cells, values);
      return values.toBytes();
    }

    private String label(Cells cells) {
      return layout
          .label()
          .map(column -> cells.label(cells.get(layout.firstTarget(), column), column))
          .orElse(null);
    }
  }
}
