package io.hindsight.driver.spark;

import io.hindsight.datasets.files.ScalaValues;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.apache.spark.SparkDriverExecutionException;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.internal.config.ConfigEntry$;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;

/**
 * Every call of Spark that its API does not promise, or that links differently from one release to
 * another: what a new release may break is here.
 *
 * <p>Three types stand apart, since a class has to implement or extend what Spark calls: {@code
 * HostPreference}, which gives a method the type that it has in Scala 2.12, the RDDs, whose parents
 * are {@link #numbers}, and the messages that tell Spark their size as {@code KnownSizeEstimation}.
 */
public final class SparkApi {
  /** Each declares its settings when it is initialised. */
  private static final List<String> DECLARING =
      List.of(
          "org.apache.spark.internal.config.package$",
          "org.apache.spark.internal.config.Kryo$",
          "org.apache.spark.internal.config.Network$",
          "org.apache.spark.internal.config.Status$",
          "org.apache.spark.internal.config.UI$");

  private static final String SQL = "spark.sql.";
  private static final String DECLARING_SQL = "org.apache.spark.sql.internal.SQLConf$";

  private SparkApi() {}

  /** The version of Spark on the class path, as Spark writes it. */
  public static String version() {
    return org.apache.spark.package$.MODULE$.SPARK_VERSION();
  }

  /** The context that runs in this process. */
  public static Optional<SparkContext> active() {
    return ScalaValues.optional(SparkContext$.MODULE$.getActive());
  }

  /**
   * Has Spark read a setting, by the type and limits that it declares itself; where this release
   * declares none, nothing is known.
   *
   * @throws RuntimeException if it cannot, with Spark's reason
   */
  public static void readSetting(SparkConf conf, String key) {
    find(key).ifPresent(conf::get);
  }

  /** A setting's default in words; empty if Spark has none, or does not know the setting. */
  public static Optional<String> defaultOf(String key) {
    return find(key)
        .map(ConfigEntry::defaultValueString)
        .filter(text -> !text.equals(ConfigEntry$.MODULE$.UNDEFINED()));
  }

  /**
   * Has Spark check the settings against each other.
   *
   * @throws RuntimeException if some do not go together, or another exception, with Spark's reason
   */
  public static void checkTogether(SparkConf conf) {
    conf.clone().validateSettings(); // of a copy, since it renames old ones
  }

  private static Optional<ConfigEntry<?>> find(String key) {
    try {
      for (String holder : DECLARING) {
        Class.forName(holder);
      }
      if (key.startsWith(SQL)) {
        Class.forName(DECLARING_SQL);
      }
      return Optional.ofNullable(ConfigEntry$.MODULE$.findEntry(key));
    } catch (ClassNotFoundException | LinkageError otherVersion) {
      return Optional.empty();
    }
  }

  /**
   * Numbers from 0, one per partition: a parent for data of ours, since the constructor without one
   * names a type that Scala 2.12 has not.
   */
  public static RDD<Integer> numbers(SparkContext context, int count) {
    List<Integer> numbers = IntStream.range(0, count).boxed().toList();
    return JavaSparkContext.fromSparkContext(context).parallelize(numbers, count).rdd();
  }

  /** What the driver threw while it took a task's result, if a job failed for that. */
  public static Optional<Throwable> thrownByDriver(Throwable failure) {
    return failure instanceof SparkDriverExecutionException
        ? Optional.of(failure.getCause())
        : Optional.empty();
  }

  /** The settings that this process, driver or executor, runs with; empty without Spark. */
  public static Optional<SparkConf> settings() {
    return Optional.ofNullable(SparkEnv.get()).map(SparkEnv::conf);
  }

  /**
   * Takes what an executor has read of a broadcast out of its block manager, when run; empty in the
   * driver, which others have it from.
   */
  public static Optional<Runnable> removal(Broadcast<?> broadcast) {
    SparkEnv spark = SparkEnv.get();
    long id = broadcast.id();
    return spark.executorId().equals(SparkContext$.MODULE$.DRIVER_IDENTIFIER())
        ? Optional.empty()
        : Optional.of(() -> spark.blockManager().removeBroadcast(id, true));
  }

  /** A row whose cells tell their types, for what is not read from a data set. */
  public static Row row(Object[] cells, StructType type) {
    return new GenericRowWithSchema(cells, type);
  }
}
