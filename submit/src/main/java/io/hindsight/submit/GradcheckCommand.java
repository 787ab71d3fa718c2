package io.hindsight.submit;

import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.run.ExitCode;
import io.hindsight.driver.run.GradientChecks;
import io.hindsight.kernels.bptt.GradientCheck.BlockError;
import io.hindsight.submit.options.CommonOptions;
import io.hindsight.submit.options.ConfigArgument;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gradcheck CONFIG}: compares a network's gradients with central differences. */
@Command(
    name = "gradcheck",
    description =
        "Compare the gradients of a configuration's network with central differences of its loss,"
            + " block by block, on a few of its training sequences.",
    footerHeading = "%nExample:%n",
    footer = {
      "  hindsight gradcheck conf/quickstart.yaml",
      "",
      "Prints the relative error of each parameter block; the exit code is 1 if one is too large."
    })
final class GradcheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private CommonOptions common;
  @Mixin private ConfigArgument argument;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<BlockError> errors =
        GradientChecks.run(ConfigReader.read(argument.file(), common.overrides()));
    boolean allWithin = true;
    for (BlockError error : errors) {
      boolean within = error.isWithin(GradientChecks.TOLERANCE);
      allWithin &= within;
      out.printf(
          Locale.ROOT,
          "%-28s %9.2e  over %4d elements  %s%n",
          error.block(),
          error.relativeError(),
          error.elements(),
          within ? "ok" : "TOO LARGE");
    }
    out.printf(
        Locale.ROOT,
        "tolerance %.0e: %s%n",
        GradientChecks.TOLERANCE,
        allWithin ? "passed" : "failed");
    return allWithin ? ExitCode.OK.code() : ExitCode.INTERNAL.code();
  }
}
