package io.hindsight.driver.spark.session;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.fuzz.Parsing;
import java.nio.charset.StandardCharsets;
import org.apache.spark.SparkConf;

/** Spark's settings, of {@code --conf} and of files: one per line, key and value. */
public final class SettingsFuzz {
  private SettingsFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, SettingsFuzz::parse, ConfigException.class);
  }

  private static void parse(byte[] input) {
    SparkConf conf = new SparkConf(false);
    String text = new String(input, StandardCharsets.UTF_8);
    for (String line : text.lines().toList()) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        conf.set(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    SparkSettings.check(conf);
  }
}
