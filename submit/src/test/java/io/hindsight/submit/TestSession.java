package io.hindsight.submit;

import io.hindsight.driver.spark.session.Sessions;
import java.nio.file.Path;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.OptionConverters;

/** One small local session, which the commands of a test class find and use. */
final class TestSession {
  private TestSession() {}

  /**
   * Starts it with the settings that users have, but without generated code, whose compilation
   * takes longer than the few rows of a test.
   */
  static void start() {
    SparkConf settings = new SparkConf().setMaster("local[1]").setAppName("test");
    Sessions.addDefaults(settings);
    settings.remove("spark.plugins");
    SparkSession.builder()
        .config(settings)
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
