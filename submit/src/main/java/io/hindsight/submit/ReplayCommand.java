package io.hindsight.submit;

import io.hindsight.driver.replay.Replay;
import io.hindsight.driver.run.ExitCode;
import io.hindsight.submit.options.CommonOptions;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay DIR}: makes a step again that was not finite, and tells where it stops to be. */
@Command(
    name = "replay",
    description =
        "Make a training step again that was not finite, on this machine, and tell in which sequence,"
            + " time step, layer and gate the first NaN or infinity is.",
    footerHeading = "%nExample:%n",
    footer = {
      "  hindsight replay runs/first/diverged/step-000000123",
      "",
      "The exit code is 0 if the step ends as it did in the run, and 3 if it does not."
    })
final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "DIR",
      description = "folder of the step, in the folder diverged/ of a run directory: a path or URI")
  private String directory;

  @Override
  public Integer call() {
    common.refuseOverrides("what the step was made with");
    PrintWriter out = spec.commandLine().getOut();
    Replay.Result result = Replay.run(directory);
    out.printf("recorded: %s%n", result.recorded());
    out.printf("now:      %s%n", result.found().orElse("all is finite"));
    result
        .found()
        .ifPresent(
            found ->
                out.printf(
                    "first:    %s%n",
                    result
                        .place()
                        .orElse(
                            "no value of a single sequence; a sum or the update is too large")));
    return (result.isSame() ? ExitCode.OK : ExitCode.DATA).code();
  }
}
