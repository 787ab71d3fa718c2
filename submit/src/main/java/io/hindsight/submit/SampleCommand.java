package io.hindsight.submit;

import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.predict.Sampling;
import io.hindsight.submit.options.CommonOptions;
import io.hindsight.submit.options.ModelOption;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sample}: continues a text with a character model. */
@Command(
    name = "sample",
    description = "Continue a text, one character at a time; equal seeds write equal texts.",
    footerHeading = "%nExample:%n",
    footer = {"  hindsight sample --model runs/text/model --prime 'ROMEO: ' --temperature 0.7"})
final class SampleCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private ModelOption model;

  @Option(
      names = "--prime",
      required = true,
      paramLabel = "TEXT",
      description = "What the model reads first.")
  private String prime;

  @Option(
      names = "--length",
      paramLabel = "N",
      defaultValue = "500",
      description = "How many characters to write; default: ${DEFAULT-VALUE}.")
  private int length;

  @Option(
      names = "--temperature",
      paramLabel = "X",
      defaultValue = "1.0",
      description =
          "1 draws from the model's own probabilities, less is safer, 0 takes the likeliest"
              + " character; default: ${DEFAULT-VALUE}.")
  private double temperature;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of the draws; default: ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private CommonOptions common;

  @Override
  public void run() {
    require(length >= 0, "--length must be 0 or more, but is " + length);
    require(
        temperature >= 0 && temperature < Double.POSITIVE_INFINITY,
        "--temperature must be a number of 0 or more, but is " + temperature);
    ModelBundle bundle =
        ModelBundle.load(model.location(), model.version(), Optional.empty(), common.overrides());
    String text = Sampling.write(bundle, prime, length, temperature, seed);
    spec.commandLine().getOut().println(prime + text);
  }

  private void require(boolean holds, String message) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
