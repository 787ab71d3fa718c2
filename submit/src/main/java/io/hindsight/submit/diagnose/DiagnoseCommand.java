package io.hindsight.submit.diagnose;

import io.hindsight.driver.diagnose.DiagnosisJson;
import io.hindsight.driver.diagnose.stored.RunDiagnosis;
import io.hindsight.submit.options.CommonOptions;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code diagnose DIR}: why a network does not learn. */
@Command(
    name = "diagnose",
    description =
        "Say why a network does not learn: how far back gradients reach in each layer, which gates"
            + " are saturated, how far an update moves the weights, and whether the loss is below"
            + " that of always the same answer.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hindsight diagnose runs/first",
      "  hindsight diagnose runs/first/model --json",
      "",
      "Computes up to 32 windows of the training part, of at most 512 steps each, on this machine,"
          + " and changes nothing. The first lines say what is wrong and what to do: vanishing,"
          + " exploding, saturated or not-learning; or healthy. The exit code is 0 whatever is"
          + " found."
    })
public final class DiagnoseCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      description =
          "A run directory, of which the newest checkpoint is looked at, or the model if there is"
              + " none; or a model/, one of the checkpoints/, or a registry, which means its"
              + " champion: a path or URI.")
  private String directory;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Mixin private CommonOptions common;

  @Override
  public void run() {
    RunDiagnosis.Result result = RunDiagnosis.of(directory, common.overrides());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(DiagnosisJson.of(result.diagnosis()).put("weights", result.weights()));
    } else {
      out.println(DiagnosisText.of(result));
    }
  }
}
