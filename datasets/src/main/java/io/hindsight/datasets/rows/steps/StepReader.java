package io.hindsight.datasets.rows.steps;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Doubles;
import io.hindsight.datasets.grid.Duplicates;
import io.hindsight.datasets.progress.ReadCounts;
import io.hindsight.datasets.rows.Cells;
import io.hindsight.datasets.rows.Collected;
import io.hindsight.datasets.rows.Features;
import io.hindsight.datasets.rows.RowCounter;
import io.hindsight.datasets.rows.RowFindings;
import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.rows.TablePlace;
import io.hindsight.datasets.rows.TaskIterator;
import io.hindsight.datasets.rows.TimeColumns;
import io.hindsight.datasets.rows.TimeKey;
import io.hindsight.datasets.rows.TimeReader;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Checks the rows of a table with a row per step, and turns them into few columns that Spark can
 * shuffle and sort: their rough order, id, the two parts of the time's key, its text where the key
 * does not tell it, and the values.
 *
 * <p>Faults are found, not thrown: which task fails first is chance, and the first fault of all
 * rows is not.
 */
public final class StepReader implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** The column of the id, which brings rows together. */
  public static final String ID = "id";

  private static final String ROUGH = "rough";
  private static final String ORDER = "order";
  private static final String REST = "rest";

  private static final String PLACE = "place";

  private static final StructType SCHEMA =
      new StructType()
          .add(ROUGH, DataTypes.LongType, false)
          .add(ID, DataTypes.StringType, false)
          .add(ORDER, DataTypes.LongType, false)
          .add(REST, DataTypes.BinaryType)
          .add("time", DataTypes.StringType)
          .add("values", DataTypes.BinaryType, false);

  static final int ROUGH_AT = 0;
  static final int ID_AT = 1;
  static final int ORDER_AT = 2;
  static final int REST_AT = 3;
  static final int TIME_AT = 4;
  private static final int VALUES_AT = 5;
  private static final int PLACE_AT = 6;

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

  /** The columns of the rows; of those that have one time, the last must be known to be. */
  public static StructType schema(RowLayout layout) {
    return hasPlaces(layout) ? SCHEMA.add(PLACE, DataTypes.BinaryType, false) : SCHEMA;
  }

  private static boolean hasPlaces(RowLayout layout) {
    return layout.duplicates() == Duplicates.LAST;
  }

  /**
   * Sorts rows that were made here, or of them, within their partitions, those of each sequence by
   * time.
   *
   * @return rows in their {@link RoughOrder}, and among equals in the order of ids and times; and
   *     of places, where those are known
   */
  public static Dataset<Row> sort(Dataset<Row> steps) {
    return List.of(steps.columns()).contains(PLACE)
        ? steps.sortWithinPartitions(ROUGH, ID, ORDER, REST, PLACE)
        : steps.sortWithinPartitions(ROUGH, ID, ORDER, REST);
  }

  /** Compares the places of two rows, where those are known. */
  public static int comparePlaces(Row left, Row right) {
    return left.size() > PLACE_AT
        ? Arrays.compareUnsigned(left.<byte[]>getAs(PLACE_AT), right.<byte[]>getAs(PLACE_AT))
        : 0;
  }

  /** The number of a row that was made here in its {@link RoughOrder}. */
  public static long roughOrder(Row step) {
    return step.getLong(ROUGH_AT);
  }

  /** The id of such a row. */
  public static String id(Row step) {
    return step.getString(ID_AT);
  }

  /** The key of its time. */
  public static TimeKey key(Row step) {
    return new TimeKey(step.getLong(ORDER_AT), step.getAs(REST_AT));
  }

  /** Its time as it is shown. */
  public static String time(Row step, TimeColumns columns) {
    String text = step.getString(TIME_AT);
    return text != null ? text : columns.shown(step.getLong(ORDER_AT));
  }

  /** Its values, as {@link StepValues} has them. */
  public static byte[] values(Row step) {
    return step.getAs(VALUES_AT);
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
    private final Features targets;
    private final SideCells side = new SideCells(layout);
    private final int malformedAt = layout.malformedAt();
    private final Doubles numbers = new Doubles();
    private final StepValues values = new StepValues();

    Steps(Iterator<Row> rows) {
      super(rows);
      inputs = Features.ofInputs(layout, findings);
      targets = Features.ofTargets(layout, findings);
    }

    /** A row behind a fault is of no use. */
    @Override
    protected void accept(Row row) {
      counts.addRow();
      TablePlace place = counter.next(row);
      if (!findings.isBehindFault(place)) {
        try {
          accept(new Cells(row, place, layout));
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
      cells.requireWellFormed(malformedAt, layout.format());
      if (scope.contain(cells)) {
        put(step(cells));
      }
    }

    private Row step(Cells row) {
      String id = layout.id(row);
      times.read(layout.timeCell(row), row.place());
      values.begin();
      if (layout.isAhead(row)) {
        addAhead(row);
      } else if (layout.emptyColumn(row).isEmpty()) {
        addValues(row);
      }
      values.kept(layout.kept(row));
      TimeKey key = times.key();
      long rough = RoughOrder.of(id, key);
      byte[] bytes = values.toBytes();
      return hasPlaces(layout)
          ? RowFactory.create(
              rough, id, key.order(), key.rest(), times.text(), bytes, place(row.place(), bytes))
          : RowFactory.create(rough, id, key.order(), key.rest(), times.text(), bytes);
    }

    private byte[] place(TablePlace place, byte[] bytes) {
      return layout.ofFiles() ? PlaceBytes.of(place) : PlaceBytes.ofValues(numbers, bytes);
    }

    private String label(Cells row, String column) {
      return layout.label(row, row.getOrNull(layout.firstTarget()), column);
    }

    private void addAhead(Cells row) {
      numbers.clear();
      inputs.addFuture(row, layout.side().future(), numbers);
      int count = numbers.size();
      values.ahead().inputs(numbers, 0, count);
      if (!layout.numbers().isEmpty()) {
        targets.addFuture(row, List.of(), numbers);
        values.numbers(numbers, count, numbers.size() - count);
      }
      layout.label().ifPresent(name -> values.label(""));
      side.addFuture(row, values);
    }

    private void addValues(Cells row) {
      numbers.clear();
      inputs.addStep(row, numbers);
      int count = numbers.size();
      values.inputs(numbers, 0, count);
      if (!layout.numbers().isEmpty()) {
        targets.addStep(row, numbers);
        values.numbers(numbers, count, numbers.size() - count);
      }
      layout.label().ifPresent(name -> values.label(label(row, name)));
      side.addStep(row, values);
    }
  }
}
