package io.hindsight.submit;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.submit.options.CommonOptions;
import io.hindsight.submit.options.ConfigArgument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code validate CONFIG}: reports everything that is wrong with a configuration. */
@Command(
    name = "validate",
    description =
        "Check a configuration without reading any data: every problem at once, or that there is"
            + " none.",
    footerHeading = "%nExample:%n",
    footer = {"  hindsight validate conf/quickstart.yaml --set training.batch=64"})
final class ValidateCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private CommonOptions common;
  @Mixin private ConfigArgument argument;

  @Override
  public void run() {
    RunConfig config = ConfigReader.read(argument.file(), common.overrides());
    spec.commandLine()
        .getOut()
        .println(argument.file() + ": valid, a run named '" + config.name() + "'");
  }
}
