package io.hindsight.datasets.rows;

import io.hindsight.datasets.files.ScalaValues;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;

/**
 * The ordering column, or the columns that make up a time together, and how their cells are read.
 *
 * <p>Timestamps come as microseconds since 1970: as values of Java they would be shown and compared
 * in the time zone of the machine.
 */
public final class TimeColumns implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?[0-9]+,[0-9]+");

  private final List<String> names;
  private final String name;
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
  public TimeColumns(List<String> names, DataType type, Map<String, Boolean> nanos, char decimal) {
    this.names = List.copyOf(names);
    this.name = TimeParts.names(names);
    this.type = type;
    this.nanos = Map.copyOf(nanos);
    this.decimal = decimal;
  }

  /** The columns' names, for errors. */
  public String name() {
    return name;
  }

  /** The type of the first, without its arrays. */
  public DataType type() {
    return type;
  }

  /** Whether several columns make up a time. */
  public boolean isOfParts() {
    return names.size() > 1;
  }

  /** Whether cells hold points in time, rather than texts or numbers. */
  boolean areTimestamps() {
    return !isOfParts()
        && (type.equals(DataTypes.TimestampType)
            || type.equals(DataTypes.TimestampNTZType)
            || areNanos());
  }

  private boolean areNanos() {
    return nanos.containsKey(names.get(0));
  }

  /** The number of a cell of timestamps. */
  long timestamp(Object cell) {
    return cell instanceof Long time ? time : Long.parseLong(cell.toString());
  }

  /** A timestamp of these columns, from its number. */
  Moment moment(long timestamp) {
    if (areNanos()) {
      return Moment.ofNanos(timestamp, nanos.get(names.get(0)));
    }
    return type.equals(DataTypes.TimestampType)
        ? Moment.ofInstant(timestamp)
        : Moment.ofLocalTime(timestamp);
  }

  /** A timestamp as it is shown, from its number. */
  public String shown(long order) {
    return moment(order).text();
  }

  /** The time in a cell as it is shown. */
  public String shown(Object cell) {
    return areTimestamps() ? moment(timestamp(cell)).text() : text(cell);
  }

  /** The time in a cell that is no timestamp, as text. */
  String text(Object cell) {
    if (cell instanceof Seq<?> parts) {
      return TimeParts.join(ScalaValues.list(parts).stream().map(String::valueOf).toList());
    }
    String text = cell.toString().strip();
    boolean comma = decimal == ',' && DECIMAL_COMMA.matcher(text).matches();
    return comma ? text.replace(',', '.') : text;
  }

  /** The time in a cell, or in an element of it. */
  public Moment moment(Object cell) {
    return areTimestamps() ? moment(timestamp(cell)) : Moment.ofText(text(cell));
  }
}
