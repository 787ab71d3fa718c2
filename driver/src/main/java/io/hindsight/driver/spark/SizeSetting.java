package io.hindsight.driver.spark;

import io.hindsight.driver.config.ConfigException;
import org.apache.spark.SparkConf;

/** A setting of ours among Spark's that is a number of bytes, such as {@code 512m}. */
public final class SizeSetting {
  private SizeSetting() {}

  /**
   * Its value in bytes.
   *
   * @param usual where it is not set, bytes
   * @param least smallest value, bytes
   * @param most largest value, bytes
   * @throws ConfigException if it is no size, or not within the limits
   */
  public static long bytes(SparkConf conf, String key, long usual, long least, long most) {
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
    return SettingProblem.exception(
        key,
        "'%s' %s".formatted(conf.get(key), wrong),
        "write a number with a unit, such as 512k, 64m or 2g, or leave it out");
  }
}
