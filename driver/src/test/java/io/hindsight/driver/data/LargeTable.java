package io.hindsight.driver.data;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rand;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sin;

import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Writes a table of any number of rows: {@code LargeTable ROWS SEQUENCES FORMAT PATH}, with {@code
 * -Dspark.master=local[2]}. Its columns are an id, the number of the step, two of noise and a wave;
 * {@code .ci/large-table} trains on it.
 */
public final class LargeTable {
  private static final int FILE = 2_500_000; // rows

  private LargeTable() {}

  /** Writes it. */
  public static void main(String[] arguments) throws IOException {
    long rows = Long.parseLong(arguments[0]);
    long steps = rows / Long.parseLong(arguments[1]);
    int files = (int) (1 + rows / FILE);
    try (SparkSession session = SparkSession.builder().getOrCreate()) {
      Dataset<Row> table =
          session
              .range(0, rows, 1, files)
              .select(
                  concat(lit("s"), expr("id div " + steps)).as("id"),
                  expr("id % " + steps).as("t"),
                  round(rand(3), 6).as("a"),
                  round(rand(4), 6).as("b"),
                  round(sin(expr("id / 7.0")).plus(rand(5).multiply(0.1)), 6).as("y"));
      table.write().option("header", true).format(arguments[2]).save(arguments[3]);
    }
  }
}
