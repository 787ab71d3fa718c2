package io.hindsight.datasets;

import io.hindsight.datasets.DataSpec.TargetKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that are read from a table, checked against its schema, and their positions in the
 * projected rows: id, time, inputs, targets, file, block, malformed line.
 *
 * <p>Timestamps are projected as microseconds since 1970: as values of Java they would be shown and
 * compared in the time zone of the machine.
 *
 * <p>The layout is nested (a row per sequence) if there is no time column or it holds arrays, and
 * long (a row per step) otherwise.
 */
final class TableColumns {
  /** Where Spark puts a line of a text format that it cannot parse. */
  static final String MALFORMED = "_corrupt_record";

  private static final int ID = 0;
  private static final int TIME = 1;
  private static final int INPUTS = 2;

  private final DataSpec.Table spec;
  private final StructType schema;
  private final String source;
  private final List<String> inputs;
  private final List<String> targets;
  private final TargetKind kind;

  /**
   * Checks the columns of a table.
   *
   * @param source the table, for errors
   * @param targets the target columns to read; empty to read inputs only
   * @throws DataException if a column is missing or of a type that cannot be used
   */
  TableColumns(
      DataSpec.Table spec,
      StructType schema,
      String source,
      List<String> inputs,
      List<String> targets,
      TargetKind kind) {
    this.spec = spec;
    this.schema = schema;
    this.source = source;
    this.inputs = inputs;
    this.targets = targets;
    this.kind = kind;
    spec.sequence().ifPresent(this::require);
    spec.time().ifPresent(this::require);
    inputs.forEach(this::requireNumbers);
    targets.forEach(kind == TargetKind.CLASS ? this::require : this::requireNumbers);
    requireTargetsAlike();
  }

  /** Whether each row holds a whole sequence. */
  boolean nested() {
    return spec.time().isEmpty() || depth(spec.time().get()) > 0;
  }

  Optional<String> sequence() {
    return spec.sequence();
  }

  boolean hasTime() {
    return spec.time().isPresent();
  }

  String time() {
    return spec.time().orElseThrow();
  }

  List<String> inputs() {
    return inputs;
  }

  /** The columns of numeric targets; none for classes. */
  List<String> numbers() {
    return kind == TargetKind.CLASS ? List.of() : targets;
  }

  /** The column of the class label. */
  Optional<String> label() {
    return kind == TargetKind.CLASS ? targets.stream().findFirst() : Optional.empty();
  }

  /** Whether a nested table has one label per sequence. */
  boolean labelled() {
    return nested() && !targets.isEmpty() && depth(targets.get(0)) == 0;
  }

  int idAt() {
    return ID;
  }

  int timeAt() {
    return TIME;
  }

  int firstInput() {
    return INPUTS;
  }

  int firstTarget() {
    return INPUTS + inputs.size();
  }

  int fileAt() {
    return firstTarget() + targets.size();
  }

  int blockAt() {
    return fileAt() + 1;
  }

  int malformedAt() {
    return blockAt() + 1;
  }

  /** The time of a row of the long layout. */
  Moment moment(Cells row) {
    return moment(row.get(TIME, time()));
  }

  /** The time in a projected cell, or in an element of it. */
  Moment moment(Object cell) {
    DataType type = timeType();
    if (type.equals(DataTypes.TimestampType)) {
      return Moment.ofInstant((Long) cell);
    }
    return type.equals(DataTypes.TimestampNTZType)
        ? Moment.ofLocalTime((Long) cell)
        : Moment.ofText(cell.toString());
  }

  /** The rows with just these columns, in the positions of this class. */
  Dataset<Row> project(Dataset<Row> table, boolean hasFiles) {
    List<Column> columns = new ArrayList<>();
    columns.add(spec.sequence().map(c -> text(table, c)).orElse(functions.lit(null)).as("id"));
    columns.add(
        spec.time().map(c -> time(column(table, c))).orElse(functions.lit(null)).as("time"));
    inputs.forEach(c -> columns.add(column(table, c).as("input")));
    targets.forEach(c -> columns.add(column(table, c).as("target")));
    columns.add(hasFiles ? table.col("_metadata.file_path") : functions.lit(source));
    columns.add(hasFiles ? table.col("_metadata.file_block_start") : functions.lit(0L));
    columns.add(
        Arrays.asList(table.columns()).contains(MALFORMED)
            ? column(table, MALFORMED)
            : functions.lit(null).cast(DataTypes.StringType));
    return table.select(columns.toArray(Column[]::new));
  }

  /** The type of a time, or of the elements of an array of times. */
  private DataType timeType() {
    DataType type = schema.apply(time()).dataType();
    return type instanceof ArrayType array ? array.elementType() : type;
  }

  private Column time(Column column) {
    DataType type = timeType();
    if (type.equals(DataTypes.TimestampType) || type.equals(DataTypes.TimestampNTZType)) {
      return nested()
          ? functions.transform(column, time -> micros(time, type))
          : micros(column, type);
    }
    return nested() ? column : column.cast(DataTypes.StringType);
  }

  /** Microseconds since 1970; a time without a zone counts as one of UTC, which has no gaps. */
  private static Column micros(Column time, DataType type) {
    return functions.unix_micros(
        type.equals(DataTypes.TimestampType)
            ? time
            : functions
                .concat(time.cast(DataTypes.StringType), functions.lit("Z"))
                .cast(DataTypes.TimestampType));
  }

  private static Column text(Dataset<Row> table, String name) {
    return column(table, name).cast(DataTypes.StringType);
  }

  private static Column column(Dataset<Row> table, String name) {
    return table.col("`" + name.replace("`", "``") + "`");
  }

  private void require(String name) {
    List<String> known = new ArrayList<>(Arrays.asList(schema.fieldNames()));
    known.remove(MALFORMED);
    if (!known.contains(name)) {
      String meant = Errors.nearest(name, known).map(n -> "did you mean '" + n + "'? ").orElse("");
      boolean unnamed = known.contains("_c0");
      throw new DataException(
          "the data must have the column '" + name + "'",
          "only " + known,
          source,
          meant
              + (unnamed
                  ? "set data.options: {header: true} if the file has a header line"
                  : "correct the column's name"));
    }
  }

  private void requireNumbers(String name) {
    require(name);
    DataType element = schema.apply(name).dataType();
    while (element instanceof ArrayType array) {
      element = array.elementType();
    }
    boolean readable =
        element instanceof NumericType
            || element instanceof StringType
            || element instanceof BooleanType;
    if (!readable || depth(name) > (nested() ? 2 : 1)) {
      throw wrongType(name, "numbers or arrays of numbers");
    }
    if (nested() && depth(name) == 0 && inputs.contains(name)) {
      throw new DataException(
          "a table with a row per time step needs an ordering column",
          "plain numbers in column '" + name + "' and no data.time",
          source,
          "name the column that orders the rows in data.time");
    }
  }

  private void requireTargetsAlike() {
    for (String name : targets) {
      if (nested() && (depth(name) == 0) != (depth(targets.get(0)) == 0)) {
        throw wrongType(name, "of the same shape as " + targets.get(0));
      }
    }
    int most = nested() ? 1 : 0;
    if (kind == TargetKind.CLASS && !targets.isEmpty() && depth(targets.get(0)) > most) {
      throw wrongType(targets.get(0), "one label per step");
    }
  }

  private DataException wrongType(String name, String expected) {
    return new DataException(
        "column '" + name + "' must be " + expected,
        schema.apply(name).dataType().simpleString(),
        source,
        "name another column or convert it");
  }

  /** Levels of arrays of a column. */
  private int depth(String name) {
    int depth = 0;
    DataType type = schema.apply(name).dataType();
    while (type instanceof ArrayType array) {
      type = array.elementType();
      depth++;
    }
    return depth;
  }
}
