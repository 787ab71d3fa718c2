package io.hindsight.driver.spark.stream;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;

/** A process that answers all files of a folder by the champion of a registry, and ends. */
final class StreamMain {
  private StreamMain() {}

  /** With a registry, the folder of the rows, that of the answers, and that of the checkpoint. */
  public static void main(String[] args) throws Exception {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      SequenceStream.open(args[0])
          .setVersionCol("model")
          .setTakeUpAfter(Duration.ZERO)
          .answer(new StreamFiles(spark, Path.of(args[1])).stream())
          .writeStream()
          .format("parquet")
          .option("checkpointLocation", args[3])
          .trigger(Trigger.AvailableNow())
          .start(args[2])
          .awaitTermination();
    }
  }
}
