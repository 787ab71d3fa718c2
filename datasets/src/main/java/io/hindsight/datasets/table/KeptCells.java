package io.hindsight.datasets.table;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Cells that are carried through everything as one text, and come out as they were.
 *
 * <p>The text is JSON as Spark writes it, with names of its own, in UTC and to the microsecond, so
 * it does not depend on the session or on the machine.
 */
public final class KeptCells {
  /** What can be kept, for errors. */
  static final String KINDS =
      "numbers, text, booleans, dates, timestamps or binary data, plain or in arrays, structs and"
          + " maps by text";

  private static final String NAME = "c"; // and the column's number

  private static final Map<String, String> FORM =
      Map.of(
          "timeZone", "UTC",
          "dateFormat", "yyyy-MM-dd",
          "timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX",
          "timestampNTZFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSS",
          "allowNonNumericNumbers", "true",
          "ignoreNullFields", "true",
          "columnNameOfCorruptRecord", "",
          "mode", "FAILFAST");

  private KeptCells() {}

  /** Whether cells of a type come out as they were. */
  static boolean canHold(DataType type) {
    if (type instanceof ArrayType array) {
      return canHold(array.elementType());
    }
    if (type instanceof MapType map) {
      return map.keyType() instanceof StringType && canHold(map.valueType());
    }
    if (type instanceof StructType struct) {
      return Arrays.stream(struct.fields()).map(StructField::dataType).allMatch(KeptCells::canHold);
    }
    return type instanceof NumericType
        || type instanceof StringType
        || type instanceof BooleanType
        || type instanceof BinaryType
        || type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType;
  }

  /** Cells side by side as one text. */
  static Column pack(List<Column> cells) {
    Column[] named =
        IntStream.range(0, cells.size())
            .mapToObj(i -> cells.get(i).as(name(i)))
            .toArray(Column[]::new);
    return functions.to_json(functions.struct(named), FORM);
  }

  /**
   * The cells of a text.
   *
   * @param columns their names and types
   * @return the cells in the order of the columns, under their names
   */
  public static List<Column> unpack(Column text, StructType columns) {
    StructType type = new StructType();
    for (int i = 0; i < columns.length(); i++) {
      type = type.add(name(i), columns.apply(i).dataType());
    }
    Column cells = functions.from_json(text, type, FORM);
    return IntStream.range(0, columns.length())
        .mapToObj(i -> cells.getField(name(i)).as(columns.apply(i).name()))
        .toList();
  }

  /** The name of a cell in the text. */
  public static String name(int column) {
    return NAME + column;
  }
}
