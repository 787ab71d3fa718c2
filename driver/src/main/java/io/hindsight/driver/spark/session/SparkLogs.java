package io.hindsight.driver.spark.session;

import java.net.URI;
import java.net.URISyntaxException;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;

/** Spark's messages on the driver. */
final class SparkLogs {
  private static final String SPARKS_OWN_PROFILE = "log4j2-defaults.properties";
  private static final String QUIET_PROFILE = "spark-quiet.properties";

  private SparkLogs() {}

  /**
   * Lets Spark speak from warnings on, and in single lines, where it logs by its built-in profile.
   * A configuration that somebody wrote stays as it is.
   *
   * @param oneProcess whether tasks run in this process: there none is tried again, so what went
   *     wrong reaches the command, which reports it once
   */
  static void quiet(boolean oneProcess) {
    String source =
        LoggerContext.getContext(false).getConfiguration().getConfigurationSource().toString();
    if (!source.contains(SPARKS_OWN_PROFILE)) {
      return;
    }
    Configurator.reconfigure(profile());
    if (oneProcess) {
      Configurator.setLevel("org.apache.spark.executor.Executor", Level.OFF);
      Configurator.setLevel("org.apache.spark.scheduler.TaskSetManager", Level.OFF);
      Configurator.setLevel(
          "org.apache.spark.sql.execution.datasources.FileFormatWriter", Level.OFF);
    }
  }

  private static URI profile() {
    try {
      return SparkLogs.class.getResource(QUIET_PROFILE).toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the class path has a place that is no URI", e);
    }
  }
}
