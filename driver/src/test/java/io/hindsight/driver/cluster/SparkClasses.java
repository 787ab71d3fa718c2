package io.hindsight.driver.cluster;

import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Loads what Spark's processes load: by a small query, and by name. See {@link ClassArchive}. */
public final class SparkClasses {
  private static final List<String> BY_NAME =
      List.of(
          "org.apache.spark.deploy.master.Master",
          "org.apache.spark.deploy.worker.Worker",
          "org.apache.spark.deploy.worker.ExecutorRunner",
          "org.apache.spark.executor.CoarseGrainedExecutorBackend",
          "org.apache.spark.scheduler.cluster.StandaloneSchedulerBackend");

  private SparkClasses() {}

  /** Leaves two small tables in the folder that is the first argument. */
  public static void main(String[] arguments) throws IOException, ClassNotFoundException {
    for (String name : BY_NAME) {
      Class.forName(name);
    }
    try (SparkSession spark =
        SparkSession.builder().config("spark.sql.shuffle.partitions", "2").getOrCreate()) {
      Dataset<Row> rows = spark.range(0, 100, 1, 2).selectExpr("id", "id * 0.5 AS value");
      Dataset<Row> gathered = rows.repartition(rows.col("id")).sortWithinPartitions("id");
      gathered.write().mode("overwrite").parquet(arguments[0] + "/rows.parquet");
      rows.write().mode("overwrite").csv(arguments[0] + "/rows.csv");
      spark.read().parquet(arguments[0] + "/rows.parquet").groupBy("id").count().collectAsList();
      spark.read().option("inferSchema", "true").csv(arguments[0] + "/rows.csv").count();
    }
  }
}
