package io.hindsight.datasets.files;

import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext$;

/** The Hadoop settings that a user gave to Spark, also for files that are read without Spark. */
public final class HadoopSettings {
  private static final String PREFIX = "spark.hadoop.";

  private static final String DEFAULTS = "-default.xml"; // how its files of them end

  /** Read once: they are some files of a thousand settings. */
  private static final Configuration HADOOP_DEFAULTS = new Configuration();

  private HadoopSettings() {}

  /**
   * A new configuration, free to change: that of the Spark application that runs in this JVM; if
   * none runs, Hadoop's defaults and each system property {@code spark.hadoop.NAME} as NAME, which
   * is where spark-submit leaves {@code --conf}.
   */
  public static Configuration configuration() {
    return ScalaValues.optional(SparkContext$.MODULE$.getActive())
        .map(running -> new Configuration(running.hadoopConfiguration()))
        .orElseGet(() -> of(System.getProperties()));
  }

  /** The settings of {@link #configuration} that are not Hadoop's own, for another process. */
  public static TreeMap<String, String> changed() {
    Configuration all = configuration();
    TreeMap<String, String> changed = new TreeMap<>();
    for (Map.Entry<String, String> each : all) {
      String[] sources = all.getPropertySources(each.getKey());
      boolean own = sources != null && sources[sources.length - 1].endsWith(DEFAULTS);
      if (!own) {
        changed.put(each.getKey(), all.getRaw(each.getKey()));
      }
    }
    return changed;
  }

  /** Hadoop's defaults and the properties that start with {@code spark.hadoop.}. */
  static Configuration of(Properties properties) {
    HADOOP_DEFAULTS.size(); // reads them, again if a class of a file system has added its own
    Configuration configuration = new Configuration(HADOOP_DEFAULTS);
    Optional.ofNullable(Thread.currentThread().getContextClassLoader())
        .ifPresent(configuration::setClassLoader); // as one that is made anew
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith(PREFIX) && name.length() > PREFIX.length()) {
        configuration.set(name.substring(PREFIX.length()), properties.getProperty(name));
      }
    }
    return configuration;
  }
}
