package io.hindsight.datasets.table;

import io.hindsight.datasets.files.ScalaValues;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;

/**
 * The ordering column, or the columns that make up a time together, and how their cells are read.
 *
 * <p>Timestamps are projected as microseconds since 1970: as values of Java they would be shown and
 * compared in the time zone of the machine.
 */
final class TimeColumns {
  private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?[0-9]+,[0-9]+");

  private final List<String> names;
  private final DataType type; // of the one column, or of the elements of its arrays
  private final Map<String, Boolean> nanos;
  private final char decimal;

  /**
   * The columns, checked before.
   *
   * @param names at least one
   * @param type of the first, without its arrays
   * @param nanos columns that hold nanoseconds since 1970 as whole numbers; whether in UTC
   * @param decimal the character before the fraction of a number in text
   */
  TimeColumns(List<String> names, DataType type, Map<String, Boolean> nanos, char decimal) {
    this.names = names;
    this.type = type;
    this.nanos = nanos;
    this.decimal = decimal;
  }

  /** The columns' names, for errors. */
  String name() {
    return TimeParts.names(names);
  }

  /**
   * What is read of the columns.
   *
   * @param columns as they are in the table
   * @param inArrays whether a cell holds the times of a whole sequence
   */
  Column project(List<Column> columns, boolean inArrays) {
    if (columns.size() > 1) {
      return functions.array(
          columns.stream().map(c -> c.cast(DataTypes.StringType)).toArray(Column[]::new));
    }
    Column column = columns.get(0);
    if (!ColumnTypes.isInstant(type)) {
      return inArrays ? column : column.cast(DataTypes.StringType);
    }
    return inArrays ? functions.transform(column, this::micros) : micros(column);
  }

  /** Microseconds since 1970; a time without a zone counts as one of UTC, which has no gaps. */
  private Column micros(Column time) {
    return functions.unix_micros(
        type.equals(DataTypes.TimestampType)
            ? time
            : functions
                .concat(time.cast(DataTypes.StringType), functions.lit("Z"))
                .cast(DataTypes.TimestampType));
  }

  /** The time in a projected cell, or in an element of it. */
  Moment moment(Object cell) {
    if (cell instanceof Seq<?> parts) {
      return Moment.ofText(
          TimeParts.join(ScalaValues.list(parts).stream().map(String::valueOf).toList()));
    }
    if (type.equals(DataTypes.TimestampType)) {
      return Moment.ofInstant((Long) cell);
    }
    if (type.equals(DataTypes.TimestampNTZType)) {
      return Moment.ofLocalTime((Long) cell);
    }
    String text = cell.toString();
    if (nanos.containsKey(names.get(0))) {
      return Moment.ofNanos(Long.parseLong(text), nanos.get(names.get(0)));
    }
    boolean comma = decimal == ',' && DECIMAL_COMMA.matcher(text.strip()).matches();
    return Moment.ofText(comma ? text.replace(',', '.') : text);
  }
}
