package io.hindsight.submit.exchange;

import io.hindsight.driver.export.torch.TorchExport;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.submit.options.CommonOptions;
import io.hindsight.submit.options.ModelOption;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code export --model DIR}: a model for other programs. */
@Command(
    name = "export",
    description = "Write a model for other programs.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hindsight export --model runs/first/model --pytorch exported",
      "",
      "--pytorch writes model.safetensors, the weights by the names of torch.nn, and model.py, which"
          + " builds the modules and answers a sequence; PyTorch is all it needs.",
      "",
      "Files that are there are left alone and the command refused."
    })
public final class ExportCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private ModelOption model;

  @Option(
      names = TorchExport.OPTION,
      paramLabel = "DIR",
      description = "Where weights and script for PyTorch go, a path or any URI of Hadoop.")
  private String torch;

  @Mixin private CommonOptions common;

  @Override
  public void run() {
    common.refuseOverrides("the model as it is");
    if (torch == null) {
      throw new ParameterException(
          spec.commandLine(), "nothing is asked for; give " + TorchExport.OPTION + " DIR");
    }
    ModelBundle bundle =
        ModelBundle.load(model.location(), model.version(), Optional.empty(), List.of());
    List<String> written = TorchExport.write(bundle.stored(), bundle.config().name(), torch);
    written.forEach(spec.commandLine().getOut()::println);
  }
}
