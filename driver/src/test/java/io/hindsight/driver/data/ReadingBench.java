package io.hindsight.driver.data;

import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.session.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Measures what it takes until the first step can be computed, beside what Spark takes for the part
 * of it that no reader of sequences can leave out: {@code ReadingBench CONFIG ROUNDS}, with {@code
 * -Dspark.master=local[2]}.
 *
 * <p>Each round reads the table of CONFIG twice in one session: by Spark alone, which reads all
 * columns, brings rows together by id, sorts them by id and time, and drops them; and as {@code
 * train} does, up to the plan of the steps. The first round is cold: Java has compiled nothing.
 */
public final class ReadingBench {
  private ReadingBench() {}

  /** Runs it. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    RunConfig config = ConfigReader.read(Files.readString(file), file.toString(), List.of());
    try (Sessions session = Sessions.forRun(config)) {
      for (int round = 1; round <= Integer.parseInt(arguments[1]); round++) {
        boolean ownFirst = round % 2 == 0;
        double own = ownFirst ? hindsight(config, session) : 0;
        double spark = spark((TableSpec) config.data());
        own = ownFirst ? own : hindsight(config, session);
        System.out.printf(
            Locale.ROOT,
            "round %d: Spark alone %.1f s, Hindsight %.1f s, ratio %.2f%n",
            round,
            spark,
            own,
            own / spark);
      }
    }
  }

  private static double spark(TableSpec table) {
    long start = System.nanoTime();
    Dataset<Row> rows =
        SparkSession.active()
            .read()
            .format(table.location().format())
            .options(table.location().options())
            .load(table.location().path().orElseThrow());
    String id = table.names().sequence().get(0);
    rows.repartition(rows.col(id))
        .sortWithinPartitions(id, table.names().time().get(0))
        .write()
        .format("noop")
        .mode("overwrite")
        .save();
    return (System.nanoTime() - start) / 1e9;
  }

  private static double hindsight(RunConfig config, Sessions session) {
    long start = System.nanoTime();
    ShardPlan plan = RunData.read(config, new Reading(), session.dataStore(config)).shardPlan();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (plan.stepsPerEpoch() == 0) {
      throw new IllegalStateException("no step");
    }
    return seconds;
  }
}
