package io.hindsight.driver.engine.wire;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.ConfigProblem;
import java.util.List;
import org.apache.spark.SparkConf;

/** A setting of ours among Spark's that is a number of bytes, such as {@code 512m}. */
final class SizeSetting {
  private SizeSetting() {}

  /**
   * Its value in bytes.
   *
   * @param usual where it is not set, bytes
   * @param least smallest value, bytes
   * @param most largest value, bytes
   * @throws ConfigException if it is no size, or not within the limits
   */
  static long bytes(SparkConf conf, String key, long usual, long least, long most) {
    long bytes;
    try {
      bytes = conf.getSizeAsBytes(key, usual);
    } catch (RuntimeException noSize) {
      throw problem(conf, key, "is no size");
    }
    if (bytes < least || bytes > most) {
      throw problem(conf, key, "is not between %d and %d bytes".formatted(least, most));
    }
    return bytes;
  }

  private static ConfigException problem(SparkConf conf, String key, String wrong) {
    return new ConfigException(
        List.of(
            new ConfigProblem(
                "Spark's settings",
                0,
                0,
                key,
                "'%s' %s".formatted(conf.get(key), wrong),
                "write a number with a unit, such as 512k, 64m or 2g, or leave it out")));
  }
}
