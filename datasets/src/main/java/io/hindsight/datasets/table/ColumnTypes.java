package io.hindsight.datasets.table;

import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** What a column of a type of Spark SQL, or the elements of an array of it, can be used as. */
final class ColumnTypes {
  static final String NUMBERS = "numbers or arrays of numbers";
  static final String LABELS = "labels: text, whole numbers, booleans or dates";
  static final String CATEGORIES = "categories: text, whole numbers, booleans or dates";
  static final String PARTS = "parts of the data: text, whole numbers, booleans or dates";
  static final String PLAIN_NUMBERS = "numbers";
  static final String TIMES = "times: timestamps, dates, numbers or text";
  static final String IDS = "ids: text, numbers, booleans, dates or timestamps";

  /** Spark's type of a time of day, which older versions do not have. */
  private static final String TIME_OF_DAY = "time";

  private ColumnTypes() {}

  /** Numbers, and texts and truth values that can be read as such. */
  static boolean isNumber(DataType type) {
    return type instanceof NumericType || type instanceof StringType || type instanceof BooleanType;
  }

  static boolean isLabel(DataType type) {
    return isNumber(type) || type instanceof DateType;
  }

  static boolean isTime(DataType type) {
    return type instanceof NumericType
        || type instanceof StringType
        || type instanceof DateType
        || isInstant(type)
        || type.typeName().startsWith(TIME_OF_DAY);
  }

  static boolean isId(DataType type) {
    return isTime(type) || type instanceof BooleanType;
  }

  /** Whether the text that an id is read as can be turned back into what it was. */
  static boolean isOfIdText(DataType type) {
    return type instanceof NumericType || type instanceof BooleanType || type instanceof DateType;
  }

  /** The same of a time, which is read in UTC or in no zone. */
  static boolean isOfTimeText(DataType type) {
    return type instanceof NumericType || type instanceof DateType || isInstant(type);
  }

  /** Whether it is projected as microseconds since 1970. */
  static boolean isInstant(DataType type) {
    return type instanceof TimestampType || type instanceof TimestampNTZType;
  }

  /** The type without its levels of arrays. */
  static DataType element(DataType type) {
    return type instanceof ArrayType array ? element(array.elementType()) : type;
  }

  /** Levels of arrays. */
  static int depth(DataType type) {
    return type instanceof ArrayType array ? 1 + depth(array.elementType()) : 0;
  }
}
