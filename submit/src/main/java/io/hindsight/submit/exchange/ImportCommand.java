package io.hindsight.submit.exchange;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.export.torch.TensorNames;
import io.hindsight.driver.run.ModelImport;
import io.hindsight.submit.options.CommonOptions;
import io.hindsight.submit.options.ConfigArgument;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code import CONFIG}: a model of weights that another program trained. */
@Command(
    name = "import",
    description = "Make a model of weights that PyTorch trained.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hindsight import conf/quickstart.yaml --pytorch co2.safetensors --output models/co2",
      "  hindsight import conf/quickstart.yaml --pytorch co2.safetensors --output models/co2"
          + " --module rnn=lstm --module out=fc",
      "",
      "The network is that of the configuration, and data is encoded as its training part is fitted;"
          + " so the weights must have been trained on numbers that are scaled alike. The model can"
          + " be evaluated, used, and trained further with train --start-from.",
      "",
      "The file holds torch.nn's tensors, rnn.weight_ih_l0 and so on, out.weight, out.bias and"
          + " embed.0.weight, as float32 or float64 in the safetensors format."
    })
public final class ImportCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private ConfigArgument argument;

  @Option(
      names = "--pytorch",
      required = true,
      paramLabel = "FILE",
      description = "The weights, a path or any URI of Hadoop.")
  private String file;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "The model directory to make, a path or any URI of Hadoop.")
  private String output;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      description =
          "What all names in the file begin with, such as 'model.'; others are passed over. Default:"
              + " it is found, and no tensor may be left over.")
  private String prefix;

  @Option(
      names = "--module",
      paramLabel = "OURS=THEIRS",
      description =
          "What a module is called in the file, such as rnn=lstm or embed.0=emb; repeatable.")
  private Map<String, String> modules = new LinkedHashMap<>();

  @Mixin private CommonOptions common;

  @Override
  public void run() {
    RunConfig config = ConfigReader.read(argument.file(), common.overrides());
    TensorNames names = new TensorNames(Optional.ofNullable(prefix), modules);
    ModelImport made = ModelImport.of(config, file, names, output);
    PrintWriter out = spec.commandLine().getOut();
    out.println(line("model", made.location()));
    out.println(line("parameters", String.format(Locale.ROOT, "%,d", made.parameters())));
    out.println(line("weights_sha256", made.weightsSha256()));
  }

  private static String line(String name, String value) {
    return String.format(Locale.ROOT, "%-16s %s", name, value);
  }
}
