package io.hindsight.driver.spark.predict;

import io.hindsight.datasets.rows.KeptTypes;
import io.hindsight.datasets.table.KeptCells;
import io.hindsight.driver.answer.Answer;
import io.hindsight.driver.answer.AnswerColumns;
import io.hindsight.driver.answer.KeptColumn;
import io.hindsight.driver.answer.KeptColumn.Kind;
import io.hindsight.driver.config.ConfigException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The rows that Spark writes: the kept columns, {@code step}, {@code horizon} where a sequence has
 * answers for several, {@code prediction} or one {@code prediction_<target>} per target, each
 * followed by its quantiles as {@code prediction_q10}, {@code probability} of a class, {@code
 * target_time} where it can be known, {@code model_version} and {@code reason}. All may be null.
 *
 * <p>Where id or time have one of these names, in whatever case, ours ends in {@code _}. Kept
 * columns other than these come last of all and as one text, until {@link #complete} puts them in
 * their places.
 */
final class AnswerSchema {
  private static final String PACKED = "kept";
  private static final String TARGET_TIME = "target_time";
  private static final String VERSION = "model_version";

  private final List<KeptColumn> kept;
  private final AnswerColumns columns;
  private final String version;
  private final KeptTypes types;
  private final boolean hasOthers;
  private final StructType type;
  private final List<String> names;

  /**
   * A schema.
   *
   * @param version of the model, which stands in every row
   * @param types that the kept columns have in the data
   * @throws ConfigException if another column than id and time has one of our names
   */
  AnswerSchema(List<KeptColumn> kept, AnswerColumns columns, String version, KeptTypes types) {
    this.kept = kept;
    this.columns = columns;
    this.version = version;
    this.types = types;
    hasOthers = kept.stream().anyMatch(KeptColumn::isOther);
    StructType ours = ours();
    requireOthers(Arrays.asList(ours.fieldNames()));
    names =
        Stream.concat(kept.stream().map(KeptColumn::name), Arrays.stream(ours.fieldNames()))
            .toList();
    type = type(ours);
  }

  /** The same with types of the data. */
  AnswerSchema typed(KeptTypes types) {
    return new AnswerSchema(kept, columns, version, types);
  }

  private StructType ours() {
    StructType ours = add(new StructType(), "step", DataTypes.IntegerType);
    if (columns.horizons()) {
      ours = add(ours, AnswerColumns.HORIZON, DataTypes.IntegerType);
    }
    List<String> predictions = columns.predictions();
    for (int value = 0; value < predictions.size(); value++) {
      ours = add(ours, predictions.get(value), type(value));
    }
    if (columns.probability()) {
      ours = add(ours, AnswerColumns.PROBABILITY, DataTypes.DoubleType);
    }
    if (columns.targetTimes()) {
      ours = add(ours, TARGET_TIME, carried(types.laterTime()));
    }
    ours = add(ours, VERSION, DataTypes.StringType);
    return add(ours, "reason", DataTypes.StringType);
  }

  private DataType type(int value) {
    if (columns.isSamples(value)) {
      return DataTypes.createArrayType(DataTypes.DoubleType, false);
    }
    return columns.isText(value) ? DataTypes.StringType : DataTypes.DoubleType;
  }

  private StructType add(StructType all, String wished, DataType of) {
    return all.add(named(wished), of);
  }

  /** The name of a column of ours. */
  private String named(String wished) {
    String name = wished;
    while (isIdOrTime(name)) {
      name += "_";
    }
    return name;
  }

  private boolean isIdOrTime(String name) {
    return kept.stream()
        .anyMatch(column -> !column.isOther() && column.name().equalsIgnoreCase(name));
  }

  private void requireOthers(List<String> ours) {
    for (KeptColumn column : kept) {
      if (column.isOther() && ours.stream().anyMatch(column.name()::equalsIgnoreCase)) {
        throw ConfigException.of(
            "--keep " + column.name(),
            "the answers have a column of this name among %s; leave it out, or rename it in the data"
                .formatted(String.join(", ", ours)));
      }
    }
  }

  private StructType type(StructType ours) {
    StructType all = new StructType();
    for (KeptColumn column : kept) {
      all = column.isOther() ? all : all.add(column.name(), carried(type(column)));
    }
    for (var field : ours.fields()) {
      all = field.name().equals(named(VERSION)) ? all : all.add(field);
    }
    return hasOthers ? all.add(packed(), DataTypes.StringType) : all;
  }

  private DataType type(KeptColumn column) {
    return column.kind() == Kind.TIME ? types.time() : types.id(column.part());
  }

  /** How a task hands on what an answer has as text: whole numbers as such, which is sooner. */
  private static DataType carried(DataType type) {
    return KeptTypes.isWhole(type) ? DataTypes.LongType : DataTypes.StringType;
  }

  /** A name that no other column has. */
  private String packed() {
    String name = PACKED;
    while (names.stream().anyMatch(name::equalsIgnoreCase)) {
      name += "_";
    }
    return name;
  }

  /** Names of the columns that are written, in their order. */
  List<String> names() {
    return names;
  }

  /** Names and types of the columns of {@link #row}: all but the version. */
  StructType type() {
    return type;
  }

  /** An answer as a row, where nothing is kept but id and time. */
  Row row(Answer answer) {
    return row(answer, null);
  }

  /**
   * An answer as a row.
   *
   * @param others the columns that are kept beside id and time as one text; null if there are none
   */
  Row row(Answer answer, String others) {
    List<Object> cells = new ArrayList<>(type.size());
    for (KeptColumn column : kept) {
      if (!column.isOther()) {
        String text = column.of(answer);
        cells.add(
            text != null && KeptTypes.isWhole(type(column)) ? (Object) Long.valueOf(text) : text);
      }
    }
    cells.add(answer.step());
    if (columns.horizons()) {
      cells.add(answer.horizon());
    }
    for (int value = 0; value < answer.values().size(); value++) {
      Object given = answer.values().get(value);
      boolean isArray = columns.isSamples(value) && given != null;
      cells.add(isArray ? ((List<?>) given).toArray() : AnswerColumns.asText(given));
    }
    if (columns.targetTimes()) {
      cells.add(KeptTypes.isWhole(types.laterTime()) ? later(answer) : answer.targetTime());
    }
    cells.add(answer.reason());
    if (hasOthers) {
      cells.add(others);
    }
    return RowFactory.create(cells.toArray());
  }

  /** Null for a fraction: of steps that are none, after a time that is a whole number. */
  private static Long later(Answer answer) {
    try {
      return answer.targetTime() == null ? null : Long.valueOf(answer.targetTime());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /**
   * Adds the version, puts kept columns in their places, and gives them and times their types.
   *
   * @param rows of {@link #row}
   */
  Dataset<Row> complete(Dataset<Row> rows) {
    List<Column> others =
        hasOthers ? KeptCells.unpack(column(rows, packed()), types.others()) : List.of();
    List<Column> all = new ArrayList<>();
    for (KeptColumn column : kept) {
      all.add(
          column.isOther()
              ? others.get(column.part())
              : column(rows, column.name()).cast(type(column)));
    }
    names.subList(kept.size(), names.size()).forEach(name -> all.add(ours(rows, name)));
    return rows.select(
        IntStream.range(0, all.size())
            .mapToObj(i -> all.get(i).as(names.get(i)))
            .toArray(Column[]::new));
  }

  private Column ours(Dataset<Row> rows, String name) {
    if (name.equals(named(VERSION))) {
      return functions.lit(version);
    }
    return columns.targetTimes() && name.equals(named(TARGET_TIME))
        ? castOrNull(name, types.laterTime())
        : column(rows, name);
  }

  /** A decimal may be one that the type has no digits for. */
  private static Column castOrNull(String name, DataType type) {
    String sql = type.equals(DataTypes.TimestampType) ? "TIMESTAMP_LTZ" : type.sql();
    return functions.expr("try_cast(%s AS %s)".formatted(quoted(name), sql));
  }

  private static Column column(Dataset<Row> rows, String name) {
    return rows.col(quoted(name));
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
