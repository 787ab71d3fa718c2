package io.hindsight.driver.spark.ml;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.columns.MissingValues;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.grid.Duplicates;
import io.hindsight.datasets.grid.TimeRules;
import io.hindsight.datasets.source.SequenceInputs;
import io.hindsight.datasets.spec.ColumnNames;
import io.hindsight.datasets.spec.ReadColumns;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.table.FrameRows;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * How a data set is read to be answered.
 *
 * @param spec names of its columns, and what is made of cells
 * @param read its columns
 * @param nested whether a row holds a whole sequence, rather than one step
 */
public record Form(TableSpec spec, ReadColumns read, boolean nested) {
  private static final Split NONE = new Split(Split.By.ID, 0, 0);

  /**
   * The form that a schema tells: rows are sequences where the inputs are arrays, and were none in
   * training, or arrays of arrays, and were vectors. Arrays are in the order of time and have no
   * time twice, so that of rules for times those for rows of one time are not needed there.
   *
   * @param trained what the model was trained on
   * @param sequence the id's column, in place of that of training
   * @param time likewise
   * @throws DataException if a column that the model reads is missing, or not what it must be
   */
  public static Form of(
      TableSpec trained,
      Encoding.Table encoding,
      StructType schema,
      Optional<String> sequence,
      Optional<String> time) {
    ReadColumns read = SequenceInputs.columns(encoding);
    List<String> ids = sequence.map(List::of).orElse(trained.names().sequence());
    List<String> times = time.map(List::of).orElse(trained.names().time());
    boolean nested = isNested(encoding, schema, times);
    TimeRules rules = nested ? trained.timeRules().with(Duplicates.ERROR) : trained.timeRules();
    if (nested) {
      requireNoRows(rules, read);
      ids = hasAll(schema, ids) ? ids : List.of(); // only errors name them
      times = areArrays(schema, times) ? times : List.of();
    }
    if (times.isEmpty()) {
      requireNoTimes(encoding, nested);
    }
    ColumnNames names =
        new ColumnNames(ids, times, read.inputs(), read.side(), read.targets(), List.of());
    MissingValues missing = new MissingValues(read.missing(), trained.missing().targets());
    TableSpec spec = trained.withoutWindow().with(NONE).with(names).with(missing).with(rules);
    FrameRows.check(schema, spec, read);
    return new Form(spec, read, nested);
  }

  /** How rows are read, as a text: where it is the same, so are the rows. */
  public String reading() {
    return "%s %s %s %s %s"
        .formatted(nested, read, spec.names(), spec.missing(), spec.timeRules().duplicates());
  }

  /** The same, of which a column is handed on. */
  Form keeping(String column) {
    return new Form(spec.keeping(List.of(column)), read, nested);
  }

  /** The same of rows that are sequences by themselves, of which neither id nor times are read. */
  Form withoutNames() {
    ColumnNames all = spec.names();
    ColumnNames others =
        new ColumnNames(List.of(), List.of(), all.inputs(), all.side(), all.targets(), all.kept());
    return new Form(spec.with(others), read, nested);
  }

  /** Where the first column is missing it is named as such if this tells what the times are. */
  private static boolean isNested(Encoding.Table encoding, StructType schema, List<String> times) {
    List<String> columns = encoding.columns().numbers();
    List<String> steps = encoding.side().columns().ofSteps();
    if (columns.isEmpty() && steps.isEmpty()) {
      return true;
    }
    String first = columns.isEmpty() ? steps.get(0) : columns.get(0);
    if (!hasAll(schema, List.of(first))) {
      return times.isEmpty() || !hasAll(schema, times) || areArrays(schema, times);
    }
    boolean vectors =
        encoding.inputScaling().columns().stream()
            .anyMatch(column -> column.name().startsWith(first + "["));
    return depth(schema, first) > (vectors ? 1 : 0);
  }

  private static int depth(StructType schema, String name) {
    return hasAll(schema, List.of(name)) ? depth(schema.apply(name).dataType()) : 0;
  }

  private static int depth(DataType type) {
    return type instanceof ArrayType array ? 1 + depth(array.elementType()) : 0;
  }

  private static boolean hasAll(StructType schema, List<String> names) {
    return Arrays.asList(schema.fieldNames()).containsAll(names);
  }

  private static boolean areArrays(StructType schema, List<String> names) {
    return names.stream().allMatch(name -> depth(schema, name) > 0);
  }

  /** Refuses rows that are sequences where a model reads more of times than their order. */
  private static void requireNoRows(TimeRules rules, ReadColumns read) {
    if (!rules.areNone() || !read.side().future().isEmpty()) {
      throw new DataException(
          "a model trained with data.frequency, data.elapsed, data.calendar or data.future answers rows that are steps",
          "rows that hold whole sequences",
          FrameRows.SOURCE,
          "make each step a row, with its time, for example with inline(arrays_zip(…)) of SQL, and answer them with SequenceModel");
    }
  }

  private static void requireNoTimes(Encoding.Table encoding, boolean nested) {
    if (!nested) {
      throw new DataException(
          "rows that are steps of sequences need a column that orders them",
          "none",
          FrameRows.SOURCE,
          "name it with setTimeCol, or bring rows whose columns hold the arrays of a sequence");
    }
    if (!encoding.timeSteps().inputs().areNone()) {
      throw new DataException(
          "a model that reads times needs those of each step",
          "no array of times",
          FrameRows.SOURCE,
          "name the column that holds them with setTimeCol");
    }
  }
}
