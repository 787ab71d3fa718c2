package io.hindsight.driver.spark.session;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.ConfigProblem;
import io.hindsight.driver.spark.SparkApi;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The release of Spark that this process holds, and what differs from one to another.
 *
 * @param version as Spark writes it, such as 4.2.0
 * @param major first number
 * @param minor second number
 */
record SparkRelease(String version, int major, int minor) {
  private static final Pattern NUMBERS = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(\\D.*)?");

  /** Spark 4 starts every Java with the module; in 3.5 nobody does. */
  private static final Map<String, String> VECTOR_MODULE =
      Map.of("spark.executor.defaultJavaOptions", "--add-modules=jdk.incubator.vector");

  /** That of this process. */
  static SparkRelease present() {
    return of(SparkApi.version());
  }

  /**
   * From Spark's own word for it.
   *
   * @throws ConfigException if it is older than 3.5, the first that the project is tested with, or
   *     no version
   */
  static SparkRelease of(String version) {
    Matcher numbers = NUMBERS.matcher(version);
    if (numbers.matches()) {
      int major = Integer.parseInt(numbers.group(1));
      int minor = Integer.parseInt(numbers.group(2));
      if (major > 3 || major == 3 && minor >= 5) {
        return new SparkRelease(version, major, minor);
      }
    }
    throw new ConfigException(
        List.of(
            new ConfigProblem(
                "command line",
                0,
                0,
                "spark",
                "Spark must be 3.5 or newer, but this one is '" + version + "'",
                "use another installation of Spark, or none: then the launcher brings its own")));
  }

  /** Settings of Spark that only this release needs, to be set where the user has not. */
  Map<String, String> defaults() {
    return major < 4 ? VECTOR_MODULE : Map.of();
  }
}
