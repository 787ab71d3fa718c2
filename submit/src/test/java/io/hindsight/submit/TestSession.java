package io.hindsight.submit;

import java.nio.file.Path;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.OptionConverters;

/** One small local session, which the commands of a test class find and use. */
final class TestSession {
  private TestSession() {}

  /**
   * Starts it, without generated code, whose compilation takes longer than the few rows of a test.
   */
  static void start() {
    SparkSession.builder()
        .master("local[1]")
        .appName("test")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.codegen.wholeStage", "false")
        .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
        .getOrCreate();
  }

  /** Stops the session that another test class has left, if there is one. */
  static void stop() {
    OptionConverters.toJava(SparkContext$.MODULE$.getActive()).ifPresent(SparkContext::stop);
  }

  /** From now on logs are written as in the launcher's embedded mode, to the present System.err. */
  static void logAsTheLauncherDoes() {
    Configurator.reconfigure(Path.of("../conf/log4j2.properties").toAbsolutePath().toUri());
  }
}
