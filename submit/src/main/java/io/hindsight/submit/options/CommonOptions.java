package io.hindsight.submit.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that every command takes. */
public final class CommonOptions {
  /** The option that asks for stack traces. */
  public static final String STACKTRACE = "--stacktrace";

  private static final Set<String> OF_THE_START =
      Set.of("spark.driver.memory", "spark.driver.extraJavaOptions", "spark.driver.extraClassPath");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Replace one value of the configuration, such as training.epochs=3, or remove it with"
              + " KEY=null; repeatable.")
  private List<String> overrides = new ArrayList<>();

  @Option(names = STACKTRACE, description = "On a failure, show the stack trace.")
  private boolean stacktrace;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  /**
   * Refuses overrides, for a command that reads no configuration.
   *
   * @param instead what the command takes in their place
   */
  public void refuseOverrides(String instead) {
    if (!overrides.isEmpty()) {
      throw new ParameterException(
          command.commandLine(),
          "--set %s: %s reads no configuration; use %s"
              .formatted(overrides.get(0), command.name(), instead));
    }
  }

  /** The overrides, {@code section.key=value} each, in the order given. */
  public List<String> overrides() {
    return overrides;
  }

  /** Spark reads its properties when a session starts, which is after the command line. */
  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "Spark's master, such as local[2] or spark://host:7077; default: that of spark-submit, or"
              + " local[*] without a Spark installation.")
  private void useMaster(String url) {
    System.setProperty("spark.master", url);
  }

  @Option(
      names = "--conf",
      paramLabel = "spark.KEY=VALUE",
      description = "Set a Spark property, such as spark.executor.memory=4g; repeatable.")
  private void useProperties(List<String> settings) {
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (!setting.startsWith("spark.") || equals < 0) {
        throw new ParameterException(
            command.commandLine(), "--conf needs spark.KEY=VALUE, but got '" + setting + "'");
      }
      String key = setting.substring(0, equals);
      requireInTime(key, setting.substring(equals + 1));
      System.setProperty(key, setting.substring(equals + 1));
    }
  }

  /** The launcher and Spark itself leave here what this Java was started with. */
  private void requireInTime(String key, String value) {
    if (OF_THE_START.contains(key) && !value.equals(System.getProperty(key))) {
      throw new ParameterException(
          command.commandLine(),
          "--conf "
              + key
              + "="
              + value
              + " comes too late, as the driver's Java runs already; set it in conf/spark-*.conf, or"
              + " give it to spark-submit before the jar, or use HINDSIGHT_JAVA_OPTIONS with"
              + " submit/hindsight");
    }
  }
}
