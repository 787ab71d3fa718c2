package io.hindsight.datasets.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.TestSession;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptCellsTest {
  private static final List<String> CELLS =
      List.of(
          "true",
          "127Y",
          "-32768S",
          "2147483647",
          "-9223372036854775808L",
          "float('0.1')",
          "0.1D",
          "4.9E-324D",
          "1.7976931348623157E308D",
          "double('NaN')",
          "double('-Infinity')",
          "float('Infinity')",
          "12345678901234567890.0123456789BD",
          "1.50BD",
          "'Köln \"\\\\ \\n, {}'",
          "''",
          "X'00FF10'",
          "DATE'0001-01-01'",
          "DATE'1582-10-15'",
          "DATE'9999-12-31'",
          "TIMESTAMP'0001-01-01 00:00:00.000001Z'",
          "TIMESTAMP'1883-11-18 17:00:00.5Z'",
          "TIMESTAMP'2025-11-02 05:30:00.123456Z'",
          "TIMESTAMP'2025-11-02 06:30:00.123456Z'",
          "TIMESTAMP'9999-12-31 23:59:59.999999Z'",
          "TIMESTAMP_NTZ'2025-03-09 02:30:00.000001'",
          "array(1D, null, 0.1D)",
          "array(TIMESTAMP'2025-11-02 05:30:00Z', null)",
          "map('a', array(1), 'b', null)",
          "named_struct('_corrupt_record', 'x', 'Sub', named_struct('d', DATE'2026-01-02'))",
          "CAST(null AS INT)",
          "CAST(null AS STRUCT<a: INT>)");

  /** Compared by Spark's own text of them in one zone, and by the bits of numbers. */
  @ParameterizedTest
  @ValueSource(strings = {"UTC", "America/New_York"})
  void shouldComeOutAsTheyWere(String zone) {
    SparkSession session = TestSession.start();
    String before = session.conf().get("spark.sql.session.timeZone");
    session.conf().set("spark.sql.session.timeZone", zone);
    try {
      Dataset<Row> table = session.range(1).select(expressions());
      StructType type = table.schema();
      for (StructField field : type.fields()) {
        assertTrue(KeptCells.canHold(field.dataType()), field.toString());
      }
      Dataset<Row> packed = table.select(KeptCells.pack(columns(table)).as("text"));
      Dataset<Row> unpacked =
          packed.select(KeptCells.unpack(packed.col("text"), type).toArray(Column[]::new));

      for (int i = 0; i < CELLS.size(); i++) {
        assertEquals(name(type, i), name(unpacked.schema(), i));
      }
      assertEquals(table.collectAsList(), unpacked.collectAsList());
      assertEquals(texts(table), texts(unpacked));
    } finally {
      session.conf().set("spark.sql.session.timeZone", before);
    }
  }

  private static Column[] expressions() {
    Column[] all = new Column[CELLS.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = functions.expr(CELLS.get(i)).as("x y." + i);
    }
    return all;
  }

  private static List<Row> texts(Dataset<Row> table) {
    Column[] texts =
        columns(table).stream()
            .map(column -> column.cast(DataTypes.StringType))
            .toArray(Column[]::new);
    return table.select(texts).collectAsList();
  }

  /** What may be null is no part of it: a text may lack anything. */
  private static String name(StructType type, int column) {
    return type.apply(column).dataType().catalogString();
  }

  private static List<Column> columns(Dataset<Row> table) {
    return Arrays.stream(table.columns()).map(name -> table.col("`" + name + "`")).toList();
  }

  @Test
  void shouldHoldNothingThatComesOutAsSomethingElse() {
    assertFalse(
        KeptCells.canHold(DataTypes.createMapType(DataTypes.IntegerType, DataTypes.StringType)));
    assertFalse(KeptCells.canHold(DataTypes.CalendarIntervalType));
    assertFalse(KeptCells.canHold(new StructType().add("a", DataTypes.NullType)));
    assertFalse(
        KeptCells.canHold(DataTypes.createArrayType(DataTypes.createDayTimeIntervalType())));
  }
}
