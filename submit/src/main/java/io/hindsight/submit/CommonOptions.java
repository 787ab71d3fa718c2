package io.hindsight.submit;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that every command takes. */
final class CommonOptions {
  /** The option that asks for stack traces. */
  static final String STACKTRACE = "--stacktrace";

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

  /** The overrides, {@code section.key=value} each, in the order given. */
  List<String> overrides() {
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
      System.setProperty(setting.substring(0, equals), setting.substring(equals + 1));
    }
  }
}
