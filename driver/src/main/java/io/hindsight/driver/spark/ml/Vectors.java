package io.hindsight.driver.spark.ml;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Columns of Spark's vectors as arrays, which is how tables hold them. */
public final class Vectors {
  private static final String DOUBLES = "float64";

  private Vectors() {}

  /** A schema whose vectors are arrays. */
  public static StructType readable(StructType schema) {
    StructType readable = new StructType();
    for (var field : schema.fields()) {
      readable = readable.add(field.name(), readable(field.dataType()), field.nullable());
    }
    return readable;
  }

  private static DataType readable(DataType type) {
    if (isVector(type)) {
      return DataTypes.createArrayType(DataTypes.DoubleType, false);
    }
    return type instanceof ArrayType array
        ? DataTypes.createArrayType(readable(array.elementType()), array.containsNull())
        : type;
  }

  /** The columns of a data set, vectors as arrays. */
  public static List<Column> readable(Dataset<Row> data) {
    return Stream.of(data.schema().fields())
        .map(field -> readable(column(data, field.name()), field.dataType()).as(field.name()))
        .toList();
  }

  private static Column readable(Column column, DataType type) {
    if (isVector(type)) {
      return org.apache.spark.ml.functions.vector_to_array(column, DOUBLES);
    }
    return type instanceof ArrayType array && isVector(array.elementType())
        ? functions.transform(
            column, each -> org.apache.spark.ml.functions.vector_to_array(each, DOUBLES))
        : column;
  }

  private static boolean isVector(DataType type) {
    return type.equals(SQLDataTypes.VectorType());
  }

  /** A column by its name, whatever characters that has. */
  public static Column column(Dataset<Row> data, String name) {
    return data.col("`" + name.replace("`", "``") + "`");
  }
}
