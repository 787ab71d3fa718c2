package io.hindsight.submit.exchange;

import io.hindsight.driver.export.NewFile;
import io.hindsight.driver.export.card.StoredCard;
import io.hindsight.driver.export.onnx.OnnxExport;
import io.hindsight.driver.export.onnx.Precision;
import io.hindsight.driver.export.torch.TorchExport;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.submit.options.CommonOptions;
import io.hindsight.submit.options.ModelOption;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
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
      "  hindsight export --model runs/first/model --onnx model.onnx --with-scaling",
      "",
      "--pytorch writes model.safetensors, the weights by the names of torch.nn, and model.py, which"
          + " builds the modules and answers a sequence; PyTorch is all it needs.",
      "",
      "--onnx writes a graph that reads a batch of sequences, (batch, steps, numbers) and their"
          + " lengths, and answers each from a zero state. Numbers are scaled as in training, unless"
          + " --with-scaling puts that into the graph.",
      "",
      "--card writes what the model is for, of which data, how good it is, and where it ends; a run"
          + " directory has one as MODEL.md.",
      "",
      "Files that are there are left alone and the command refused."
    })
public final class ExportCommand implements Runnable {
  private static final Map<String, Precision> PRECISIONS =
      Map.of("float", Precision.FLOAT, "double", Precision.DOUBLE);

  @Spec private CommandSpec spec;
  @Mixin private ModelOption model;

  @Option(
      names = TorchExport.OPTION,
      paramLabel = "DIR",
      description = "Where weights and script for PyTorch go, a path or any URI of Hadoop.")
  private String torch;

  @Option(
      names = OnnxExport.OPTION,
      paramLabel = "FILE",
      description = "Where the ONNX graph goes, a path or any URI of Hadoop.")
  private String onnx;

  @Option(
      names = "--precision",
      paramLabel = "float|double",
      description =
          "With --onnx: the numbers of the graph; double computes as training does, and slower"
              + " (default: float).")
  private String precision;

  @Option(
      names = OnnxExport.WITH_SCALING,
      description = "With --onnx: the graph reads and answers numbers as the table has them.")
  private boolean withScaling;

  @Option(
      names = StoredCard.OPTION,
      paramLabel = "FILE",
      description = "Where a card of the model goes, in Markdown, a path or any URI of Hadoop.")
  private String card;

  @Mixin private CommonOptions common;

  @Override
  public void run() {
    common.refuseOverrides("the model as it is");
    requireOptions();
    Precision numbers = precision();
    ModelBundle bundle =
        ModelBundle.load(model.location(), model.version(), Optional.empty(), List.of());
    String name = bundle.config().name();
    PrintWriter out = spec.commandLine().getOut();
    Optional<OnnxExport> graph = // which may refuse the model: before anything is written
        onnx == null
            ? Optional.empty()
            : Optional.of(new OnnxExport(bundle.stored(), bundle.encoding(), numbers, withScaling));
    if (onnx != null) {
      NewFile.of(OnnxExport.OPTION, onnx); // which may be there
    }
    if (card != null) {
      NewFile.of(StoredCard.OPTION, card);
    }
    if (torch != null) {
      TorchExport.write(bundle.stored(), name, torch).forEach(out::println);
    }
    if (graph.isPresent()) {
      graph.get().write(name, onnx);
      out.println(onnx);
    }
    if (card != null) {
      StoredCard.write(bundle, card);
      out.println(card);
    }
  }

  private void requireOptions() {
    require(
        torch != null || onnx != null || card != null,
        "nothing is asked for; give --onnx FILE, --pytorch DIR or --card FILE");
    require(onnx != null || precision == null, "--precision is of a graph; give --onnx FILE, too");
    require(onnx != null || !withScaling, "--with-scaling is of a graph; give --onnx FILE, too");
  }

  private Precision precision() {
    require(
        precision == null || PRECISIONS.containsKey(precision),
        "--precision must be float or double, but is '" + precision + "'");
    return precision == null ? Precision.FLOAT : PRECISIONS.get(precision);
  }

  private void require(boolean holds, String message) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
