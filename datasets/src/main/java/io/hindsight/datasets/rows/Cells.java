package io.hindsight.datasets.rows;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Numbers;
import io.hindsight.datasets.encoding.LabelText;
import io.hindsight.datasets.files.ScalaValues;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import scala.collection.Seq;

/** The checked cells of one row. */
public final class Cells {
  private final Row row;
  private final TablePlace place;
  private final RowLayout layout;
  private final char decimal; // before the fraction of a number in text

  /** The cells of a row of a table that is read so. */
  public Cells(Row row, TablePlace place, RowLayout layout) {
    this.row = row;
    this.place = place;
    this.layout = layout;
    decimal = layout.decimal();
  }

  public TablePlace place() {
    return place;
  }

  /** Refuses a row whose line Spark could not parse; {@code position} then holds the line. */
  public void requireWellFormed(int position, String format) {
    if (!row.isNullAt(position)) {
      throw new DataException(
          "a line must be well-formed %s with one field per column".formatted(format),
          DataException.quote(row.getString(position)),
          place.toString(),
          "correct the line, or data.options such as sep and header");
    }
  }

  /** Whether some cells side by side are all null, or arrays of nothing but null. */
  boolean areMissing(int from, int to) {
    for (int position = from; position < to; position++) {
      if (!isMissing(position)) {
        return false;
      }
    }
    return from < to;
  }

  private boolean isMissing(int position) {
    Object cell = row.get(position);
    return cell == null || (isArray(cell) && ((Seq<?>) cell).forall(element -> element == null));
  }

  /** Whether a cell holds an array; that a number does not, Java finds out soonest by its class. */
  static boolean isArray(Object cell) {
    return !(cell instanceof Number) && cell instanceof Seq;
  }

  /** Elements of an array cell; 0 for null. */
  public int length(int position) {
    return !row.isNullAt(position) && row.get(position) instanceof Seq<?> seq ? seq.size() : 0;
  }

  /** Refuses an array of a column that is not as long as the first one of the row. */
  public void requireLength(String column, int actual, String first, int length) {
    if (actual != length) {
      throw new DataException(
          "all arrays of a row must have the length of %s, %d".formatted(first, length),
          "a length of " + actual,
          place.column(column),
          "make the arrays equally long");
    }
  }

  /** A cell that may be null. */
  public Object getOrNull(int position) {
    return row.get(position);
  }

  /** A cell that must not be null. */
  public Object get(int position, String column) {
    Object cell = row.get(position);
    if (cell == null && row.schema().apply(position).dataType() instanceof ArrayType) {
      throw missing(place, column, ""); // its width or length is not known
    }
    return notNull(cell, column);
  }

  /** A cell that must hold a text or anything that has one. */
  public String text(int position, String column) {
    return String.valueOf(get(position, column)).strip();
  }

  /** A cell of text, as it is. */
  String textOrNull(int position) {
    return row.getString(position);
  }

  /**
   * Whether the cells of a column hold vectors: arrays where a row is a step, arrays of arrays
   * where it is a sequence.
   */
  boolean areVectors(int position, boolean nested) {
    DataType type = row.schema().apply(position).dataType();
    return nested
        ? type instanceof ArrayType array && array.elementType() instanceof ArrayType
        : type instanceof ArrayType;
  }

  /** A class label: text, or a number, which must not be NaN. */
  public String label(Object cell, String column) {
    Object value = notNull(cell, column);
    String label = LabelText.of(value);
    if (label.isEmpty() || isNan(value)) {
      throw new DataException(
          "a class label must not be empty", DataException.quote(label), place.column(column), FIX);
    }
    return label;
  }

  /** Whether a cell of labels holds none: nothing, an empty text, or NaN. */
  static boolean isBlank(Object cell) {
    return cell == null || isNan(cell) || cell.toString().isBlank();
  }

  /**
   * The category that a cell or an element of one holds, whole numbers without a fraction.
   *
   * @return null where there is none: no value, an empty text, or NaN
   */
  public String category(Object cell, String column) {
    if (cell == null || isNan(cell)) {
      return null;
    }
    String text = LabelText.key(LabelText.of(cell));
    boolean mayHaveFraction =
        cell instanceof Double || cell instanceof Float || cell instanceof BigDecimal;
    if (mayHaveFraction && !LabelText.isWhole(text)) {
      throw new DataException(
          "a category must be text, a whole number, a boolean or a date",
          text,
          place.column(column),
          "round it, or read the column as a number in data.inputs or data.static");
    }
    return text.isEmpty() ? null : text;
  }

  private static boolean isNan(Object value) {
    return (value instanceof Double d && d.isNaN()) || (value instanceof Float f && f.isNaN());
  }

  /** The finite number that a cell or an element of one holds. */
  public double number(Object cell, String column) {
    Object value = notNull(cell, column);
    OptionalDouble number = Numbers.read(value, decimal);
    if (number.isEmpty()) {
      boolean comma = Numbers.read(value, ',').isPresent();
      throw new DataException(
          decimal == ','
              ? "a value must be a number with a decimal comma"
              : "a value must be a number",
          DataException.quote(value),
          place.column(column),
          comma ? "set data.decimal: \",\" if all numbers are written so" : FIX);
    }
    if (!Double.isFinite(number.getAsDouble())) {
      throw new DataException(
          "a number must be finite", String.valueOf(value), place.column(column), FIX);
    }
    return number.getAsDouble();
  }

  /** The number that a cell or an element of one holds; NaN where it holds none. */
  double numberOrNan(Object cell, String column) {
    boolean isNan = cell != null && Numbers.read(cell, decimal).stream().anyMatch(Double::isNaN);
    return isNan || isBlank(cell) ? Double.NaN : number(cell, column);
  }

  /** The elements of an array cell. */
  public List<Object> elements(Object cell, String column) {
    List<Object> elements = elementsOrNull(cell, column);
    elements.forEach(element -> notNull(element, column));
    return elements;
  }

  /** The elements of an array cell, some of which may be null. */
  public List<Object> elementsOrNull(Object cell, String column) {
    Object value = notNull(cell, column);
    if (value instanceof Seq<?> seq) {
      return ScalaValues.list(seq);
    }
    throw new DataException(
        "a value must be an array", DataException.quote(value), place.column(column), FIX);
  }

  private Object notNull(Object cell, String column) {
    if (cell == null) {
      throw missing(place, column, layout);
    }
    return cell;
  }

  /** The error for a value that is not there, with the keys by which it need not be. */
  public static DataException missing(TablePlace place, String column, RowLayout layout) {
    boolean fills = layout.inputs().contains(column) && !layout.missing().inputs().mayLack(column);
    boolean skips = layout.targets().contains(column) && !layout.missing().targets();
    String filling = fills ? ", or have it filled with data.missing: last, mean or zero" : "";
    String skipping = skips ? ", or leave such targets out with data.missing-targets: skip" : "";
    return missing(place, column, filling + skipping);
  }

  private static DataException missing(TablePlace place, String column, String keys) {
    return new DataException(
        "a value must not be missing",
        "null",
        place.column(column),
        "fill in the value or remove the row" + keys);
  }

  private static final String FIX = "correct the value or remove the row";
}
