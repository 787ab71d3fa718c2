package io.hindsight.driver.engine;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;

/** Spark's messages on the driver. */
final class SparkLogs {
  private static final String SPARKS_OWN_PROFILE = "log4j2-defaults.properties";

  private SparkLogs() {}

  /**
   * Lets Spark speak from warnings on where it logs by its built-in profile, which tells a dozen
   * lines of every step. A configuration that somebody wrote stays as it is.
   */
  static void quiet() {
    String source =
        LoggerContext.getContext(false).getConfiguration().getConfigurationSource().toString();
    if (source.contains(SPARKS_OWN_PROFILE)) {
      Configurator.setLevel("org.apache.spark", Level.WARN);
      Configurator.setLevel("org.apache.hadoop", Level.WARN);
    }
  }
}
