package io.hindsight.datasets.table;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.DataSpec;
import io.hindsight.datasets.DataSpec.TargetKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * The columns that are read from a table, checked against its schema, and their positions in the
 * projected rows: id, time, inputs, targets, file, block, malformed line.
 *
 * <p>The layout is nested (a row per sequence) if there is no time column or it holds arrays, and
 * long (a row per step) otherwise.
 */
final class TableColumns {
  /** Where Spark puts a line of a text format that it cannot parse. */
  static final String MALFORMED = "_corrupt_record";

  /** How Spark names what it knows of a row's file. */
  private static final String OF_FILE = "_metadata.";

  private static final int ID = 0;
  private static final int TIME = 1;
  private static final int INPUTS = 2;

  private final DataSpec.Table spec;
  private final ColumnChecks checks;
  private final String source;
  private final List<String> inputs;
  private final List<String> targets;
  private final TargetKind kind;
  private final Optional<TimeColumns> time;

  /**
   * Checks the columns of a table.
   *
   * @param checks of the table's schema
   * @param source the table, for errors
   * @param targets the target columns to read; empty to read inputs only
   * @throws DataException if a column is missing or of a type that cannot be used
   */
  TableColumns(
      DataSpec.Table spec,
      ColumnChecks checks,
      String source,
      List<String> inputs,
      List<String> targets,
      TargetKind kind) {
    this.spec = spec;
    this.checks = checks;
    this.source = source;
    this.inputs = inputs;
    this.targets = targets;
    this.kind = kind;
    checks.requireIds(spec.sequence());
    checks.requireTimes(spec.time());
    boolean nested = nested();
    inputs.forEach(name -> checks.requireInput(name, nested));
    targets.forEach(
        kind == TargetKind.CLASS
            ? checks::requireLabel
            : name -> checks.requireNumbers(name, nested));
    checks.requireTargetsAlike(targets, kind == TargetKind.CLASS, nested);
    time = checks.times(spec.time(), spec.decimal());
  }

  /** Whether each row holds a whole sequence. */
  boolean nested() {
    return spec.time().isEmpty() || checks.depth(spec.time().get(0)) > 0;
  }

  /** The columns of the id, for errors; absent if there are none. */
  Optional<String> sequence() {
    return spec.sequence().isEmpty()
        ? Optional.empty()
        : Optional.of(TimeParts.names(spec.sequence()));
  }

  boolean hasTime() {
    return time.isPresent();
  }

  /** The columns of the time, for errors. */
  String time() {
    return time.orElseThrow().name();
  }

  List<String> inputs() {
    return inputs;
  }

  /** The columns of numeric targets; none for classes. */
  List<String> numbers() {
    return kind == TargetKind.CLASS ? List.of() : targets;
  }

  /** The first target column; empty where there is none. */
  String target() {
    return targets.isEmpty() ? "" : targets.get(0);
  }

  /** The column of the class label. */
  Optional<String> label() {
    return kind == TargetKind.CLASS ? targets.stream().findFirst() : Optional.empty();
  }

  /** Whether a nested table has one label per sequence. */
  boolean labelled() {
    return nested() && !targets.isEmpty() && checks.depth(targets.get(0)) == 0;
  }

  /** The id of a row of a table that has some. */
  String id(Cells row) {
    String names = sequence().orElseThrow();
    if (spec.sequence().size() == 1) {
      return row.text(ID, names);
    }
    return IdParts.join(
        row.elements(row.get(ID, names), names).stream().map(String::valueOf).toList());
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
    Object cell = row.get(TIME, time());
    if (spec.time().size() > 1) {
      row.elements(cell, time()); // refuses missing parts
    }
    return moment(cell);
  }

  /** The time in a projected cell, or in an element of it. */
  Moment moment(Object cell) {
    return time.orElseThrow().moment(cell);
  }

  /** The rows with just these columns, in the positions of this class. */
  Dataset<Row> project(Dataset<Row> table, boolean hasFiles) {
    List<Column> columns = new ArrayList<>();
    columns.add(id(table).as("id"));
    columns.add(
        time.map(t -> t.project(columns(table, spec.time()), nested()))
            .orElse(functions.lit(null))
            .as("time"));
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

  private Column id(Dataset<Row> table) {
    List<Column> texts =
        columns(table, spec.sequence()).stream().map(c -> c.cast(DataTypes.StringType)).toList();
    return switch (texts.size()) {
      case 0 -> functions.lit(null);
      case 1 -> texts.get(0);
      default -> functions.array(texts.toArray(Column[]::new));
    };
  }

  private static List<Column> columns(Dataset<Row> table, List<String> names) {
    return names.stream().map(name -> column(table, name)).toList();
  }

  private static Column column(Dataset<Row> table, String name) {
    boolean ofFile = isOfFile(name) && !Arrays.asList(table.columns()).contains(name);
    return table.col(ofFile ? name : "`" + name.replace("`", "``") + "`");
  }

  /** Whether a name means what Spark knows of a row's file, such as {@code _metadata.file_name}. */
  static boolean isOfFile(String name) {
    return name.startsWith(OF_FILE);
  }
}
