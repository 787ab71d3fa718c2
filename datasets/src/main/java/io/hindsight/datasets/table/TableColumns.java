package io.hindsight.datasets.table;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.columns.MissingValues;
import io.hindsight.datasets.columns.SideColumns;
import io.hindsight.datasets.grid.TimeRules;
import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.rows.TimeColumns;
import io.hindsight.datasets.rows.TimeParts;
import io.hindsight.datasets.spec.ReadColumns;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.time.TimeScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The columns that are read from a table, checked against its schema, and how they are projected.
 *
 * <p>The layout is nested (a row per sequence) if there is no time column or it holds arrays, and
 * long (a row per step) otherwise.
 */
final class TableColumns {
  /** Where Spark puts a line of a text format that it cannot parse. */
  static final String MALFORMED = "_corrupt_record";

  /** How Spark names what it knows of a row's file. */
  private static final String OF_FILE = "_metadata.";

  private final TableSpec spec;
  private final ColumnChecks checks;
  private final String source;
  private final ReadColumns read;
  private final List<String> inputs;
  private final List<String> targets;
  private final Optional<TimeColumns> time;

  /**
   * Checks the columns of a table.
   *
   * @param checks of the table's schema
   * @param source the table, for errors
   * @param read the columns to read
   * @throws DataException if a column is missing or of a type that cannot be used
   */
  TableColumns(TableSpec spec, ColumnChecks checks, String source, ReadColumns read) {
    this.spec = spec;
    this.checks = checks;
    this.source = source;
    this.read = read;
    this.inputs = read.numbers();
    this.targets = read.targets();
    checks.requireIds(spec.names().sequence());
    checks.requireTimes(spec.names().time());
    spec.names().kept().forEach(checks::requireKept);
    boolean nested = nested();
    inputs.forEach(name -> checks.requireInput(name, nested));
    checks.requireBeside(read.side(), nested);
    read.side().weights().columns().forEach(name -> checks.requireWeight(name, nested));
    read.part().columns().forEach(checks::requirePart);
    targets.forEach(
        read.kind().isOfClasses()
            ? checks::requireLabel
            : name -> checks.requireNumbers(name, nested));
    checks.requireTargetsAlike(targets, read.kind().isOfClasses(), nested);
    time = checks.times(spec.names().time(), spec.location().decimal());
    if (nested) {
      requireRows();
    }
    if (!read.side().future().isEmpty()) {
      requirePlain();
    }
  }

  /** Whether each row holds a whole sequence. */
  boolean nested() {
    return spec.names().time().isEmpty() || checks.depth(spec.names().time().get(0)) > 0;
  }

  /**
   * What the projected cells mean.
   *
   * @param hasFiles whether Spark knows the file of each row
   */
  RowLayout layout(boolean hasFiles) {
    return new RowLayout(
        source,
        spec.location().format(),
        TimeParts.names(spec.names().sequence()),
        spec.names().sequence().size() > 1,
        time.orElse(null),
        inputs,
        targets,
        read.kind(),
        nested(),
        labelled(),
        hasFiles,
        spec.location().decimal(),
        checks.kept(spec.names()),
        scope(),
        read.side(),
        read.part(),
        spec.timeRules().duplicates(),
        new MissingValues(read.missing(), spec.missing().targets()));
  }

  /** Whether rows are read or divided by the points in time that they are of. */
  private boolean hasDates() {
    return spec.window().isPresent() || spec.split().by() == Split.By.DATE;
  }

  /** That times must be points in time; null if they may be anything. */
  private TimeScope scope() {
    TimeRules rules = spec.timeRules();
    String keys =
        hasDates() || !rules.needDates()
            ? ""
            : rules.frequency().isPresent() ? "data.frequency" : "data.calendar";
    return hasDates() || rules.needDates()
        ? new TimeScope(spec.scope().zone(), spec.window().orElse(null), keys)
        : null;
  }

  /** Refuses what needs rows of their own times where a row holds a whole sequence. */
  private void requireRows() {
    if (hasDates()) {
      throw nestedRows(
          "data.window and data.split by date need a table with a row per time step",
          "leave the window out and split by id");
    }
    if (!read.side().future().isEmpty()) {
      throw nestedRows("data.future needs a table with a row per time step", "leave it out");
    }
    if (!spec.timeRules().areNone()) {
      throw nestedRows(
          "data.duplicates, data.frequency, data.elapsed and data.calendar need a table with a row"
              + " per time step",
          "leave them out");
    }
  }

  /** Refuses vectors: of a row without one not even its width would be known. */
  private void requirePlain() {
    List<String> numbers =
        Stream.concat(inputs.stream(), read.kind().isOfClasses() ? Stream.of() : targets.stream())
            .toList();
    for (String column : numbers) {
      if (checks.depth(column) > 0) {
        throw new DataException(
            "columns beside those of data.future must be plain numbers",
            "an array",
            source + ", column " + column,
            "give each element a column of its own");
      }
    }
  }

  private DataException nestedRows(String rule, String or) {
    return new DataException(
        rule,
        "rows that hold whole sequences",
        source,
        "bring a table with a row per time step, or " + or);
  }

  /** Whether a nested table has one label per sequence. */
  private boolean labelled() {
    return nested() && !targets.isEmpty() && checks.depth(targets.get(0)) == 0;
  }

  /**
   * The rows with just these columns, in the positions of this class.
   *
   * @param others columns that follow them
   */
  Dataset<Row> project(Dataset<Row> table, boolean hasFiles, String... others) {
    List<Column> columns = new ArrayList<>();
    columns.add(id(table).as(FrameRows.ID));
    columns.add(
        time.map(t -> time(t, columns(table, spec.names().time())))
            .orElse(functions.lit(null))
            .as("time"));
    inputs.forEach(c -> columns.add(column(table, c).as("input")));
    targets.forEach(c -> columns.add(column(table, c).as("target")));
    SideColumns side = read.side();
    List.of(side.ofSteps(), side.numbers(), side.ofSequence(), side.weights().columns())
        .forEach(some -> some.forEach(c -> columns.add(column(table, c).as("beside"))));
    read.part().columns().forEach(name -> columns.add(column(table, name).as("part")));
    columns.add(hasFiles ? table.col("_metadata.file_path") : functions.lit(source));
    columns.add(hasFiles ? table.col("_metadata.file_block_start") : functions.lit(0L));
    columns.add(
        Arrays.asList(table.columns()).contains(MALFORMED)
            ? column(table, MALFORMED)
            : functions.lit(null).cast(DataTypes.StringType));
    if (!spec.names().kept().isEmpty()) {
      columns.add(KeptCells.pack(columns(table, spec.names().kept())));
    }
    Stream.of(others).forEach(name -> columns.add(column(table, name)));
    return table.select(columns.toArray(Column[]::new));
  }

  /** Timestamps as microseconds since 1970, anything else as text; arrays as they are. */
  private Column time(TimeColumns time, List<Column> columns) {
    if (time.isOfParts()) {
      return functions.array(
          columns.stream().map(c -> c.cast(DataTypes.StringType)).toArray(Column[]::new));
    }
    Column column = columns.get(0);
    if (!ColumnTypes.isInstant(time.type())) {
      return nested() ? column : column.cast(DataTypes.StringType);
    }
    return nested()
        ? functions.transform(column, c -> micros(c, time.type()))
        : micros(column, time.type());
  }

  /** A time without a zone counts as one of UTC, which has no gaps. */
  private static Column micros(Column time, DataType type) {
    return functions.unix_micros(
        type.equals(DataTypes.TimestampType)
            ? time
            : functions
                .concat(time.cast(DataTypes.StringType), functions.lit("Z"))
                .cast(DataTypes.TimestampType));
  }

  private Column id(Dataset<Row> table) {
    List<Column> texts =
        columns(table, spec.names().sequence()).stream()
            .map(c -> c.cast(DataTypes.StringType))
            .toList();
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
