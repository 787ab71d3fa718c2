package io.hindsight.submit;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.plan.Plan;
import io.hindsight.driver.run.Planning;
import io.hindsight.submit.options.CommonOptions;
import io.hindsight.submit.options.ConfigArgument;
import io.hindsight.submit.plan.PlanJson;
import io.hindsight.submit.plan.PlanText;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plan CONFIG}: what a run will need and how long its steps will take. */
@Command(
    name = "plan",
    description =
        "Predict what a run will take, before it starts: memory, bytes per step, the engine and why,"
            + " the time of a step; and refuse what cannot work.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hindsight plan conf/quickstart.yaml",
      "  hindsight plan conf/quickstart.yaml --master spark://host:7077 --json",
      "",
      "Reads the data as train does and measures the kernels on it, in this process and, with a"
          + " cluster as master, on its executors, where a few empty steps tell what Spark costs."
          + " Without a cluster the costs of Spark are defaults, and marked so. Times of other"
          + " numbers of executors are predicted, not measured."
    })
final class PlanCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private ConfigArgument argument;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "3",
      description =
          "Time for each measurement: one of the kernels here, seven more on a cluster, each up to"
              + " four times as long while times fall, since Java compiles meanwhile;"
              + " default: ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Mixin private CommonOptions common;

  @Override
  public void run() {
    if (!(seconds > 0 && seconds <= 600)) {
      throw new ParameterException(
          spec.commandLine(),
          "--seconds must be more than 0 and at most 600, but is " + seconds + "; try 3");
    }
    RunConfig config = ConfigReader.read(argument.file(), common.overrides());
    Plan plan = Planning.of(config, seconds);
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? PlanJson.of(plan) : PlanText.of(plan));
  }
}
