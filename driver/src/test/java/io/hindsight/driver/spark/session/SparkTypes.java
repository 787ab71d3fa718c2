package io.hindsight.driver.spark.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Tables with a column of every type of Spark SQL beside an id, a time and a number: two sequences
 * of twelve steps.
 */
final class SparkTypes {
  /** SQL of a value of each type, from the row's number {@code id}. */
  static final Map<String, String> ALL = new LinkedHashMap<>();

  static {
    ALL.put("boolean", "id % 2 = 0");
    ALL.put("byte", "cast(id as tinyint)");
    ALL.put("short", "cast(id as smallint)");
    ALL.put("int", "cast(id as int)");
    ALL.put("long", "id + 100000000000");
    ALL.put("float", "cast(id / 3 as float)");
    ALL.put("double", "id / 7D");
    ALL.put("decimal", "cast(id / 3 as decimal(10, 2))");
    ALL.put("huge", "cast('12345678901234567890123456789012345678' as decimal(38, 0))");
    ALL.put("string", "concat('text ', id)");
    ALL.put("char", "cast(id as char(4))");
    ALL.put("varchar", "cast(id as varchar(9))");
    ALL.put("binary", "encode(cast(id as string), 'UTF-8')");
    ALL.put("date", "date_add(date'2024-02-20', cast(id as int))");
    ALL.put("timestamp", "timestamp_seconds(id * 3600)");
    ALL.put("local", "cast(timestamp_seconds(id * 3600) as timestamp_ntz)");
    ALL.put("days", "make_dt_interval(cast(id as int))");
    ALL.put("months", "make_ym_interval(1, cast(id as int))");
    ALL.put("list", "array(id / 2D, 1D)");
    ALL.put("list_float", "array(cast(id as float))");
    ALL.put("list_text", "array('a', null)");
    ALL.put("list_of_lists", "array(array(1D), array(2D))");
    ALL.put("map", "map('key', id)");
    ALL.put("struct", "named_struct('a', id, 'b', array(named_struct('c', id)))");
    ALL.put("list_of_structs", "array(named_struct('a', id))");
    ALL.put("variant", "parse_json('{\"a\": [1, 2]}')");
    ALL.put("null", "cast(null as double)");
    ALL.put("void", "null");
  }

  private SparkTypes() {}

  /** The table with all columns but some. */
  static Dataset<Row> table(SparkSession session, List<String> without) {
    List<String> columns = new ArrayList<>();
    columns.add("concat('s', id % 2) as id");
    columns.add("cast(id / 2 as int) as t");
    columns.add("sin(id / 2) as x");
    ALL.forEach(
        (name, sql) -> {
          if (!without.contains(name)) {
            columns.add(sql + " as c_" + name);
          }
        });
    return session.range(24).selectExpr(columns.toArray(String[]::new));
  }
}
