package io.hindsight.submit;

import io.hindsight.driver.spark.session.Sessions;
import java.nio.file.Path;
import java.util.Map;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.OptionConverters;

/** One small local session, which the commands of a test class find and use. */
final class TestSession {
  /** Compiling generated code takes longer than the few rows of a test. */
  static final Map<String, String> NO_GENERATED_CODE =
      Map.of(
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN");

  private TestSession() {}

  /** Starts it with the settings that users have, but without generated code. */
  static void start() {
    SparkConf settings = new SparkConf().setMaster("local[1]").setAppName("test");
    Sessions.addDefaults(settings);
    settings.remove("spark.plugins");
    NO_GENERATED_CODE.forEach(settings::set);
    SparkSession.builder()
        .config(settings)
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
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
