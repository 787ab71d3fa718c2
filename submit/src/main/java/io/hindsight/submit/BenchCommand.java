package io.hindsight.submit;

import io.hindsight.driver.bench.Bench;
import io.hindsight.driver.bench.BenchCells;
import io.hindsight.driver.bench.BenchReport;
import io.hindsight.driver.bench.BenchSettings;
import io.hindsight.driver.bench.BenchShape;
import io.hindsight.kernels.network.Cell;
import io.hindsight.submit.options.CommonOptions;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code bench}: measures the kernels on this machine. */
@Command(
    name = "bench",
    description =
        "Measure the kernels on this machine: one layer, forward and backward, beside the most that"
            + " a core can do.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hindsight bench",
      "  hindsight bench --shapes 64,128,32,100 32,32,64,50 --cells lstm --json",
      "  hindsight bench --shapes 128,256,64,64 --threads 2",
      "",
      "Times are CPU time of the measuring thread, medians of steps taken in turn after all have"
          + " been warmed up. A step packs the weights, runs one window forward and back, and is"
          + " counted by its useful multiply-adds. The peak is that of multiply-adds in registers,"
          + " measured in between. Bytes are what the forward and the backward pass allocate.",
      "",
      "For steady figures pin the process to one core: taskset -c 1 hindsight bench"
    })
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--shapes",
      arity = "1..*",
      paramLabel = "I,H,B,T",
      converter = ShapeConverter.class,
      description =
          "Inputs, hidden units, batch and steps of each layer; default: 128,256,64,64"
              + " 64,128,32,100 32,32,64,50.")
  private List<BenchShape> shapes = BenchShape.DEFAULTS;

  @Option(
      names = "--cells",
      split = ",",
      paramLabel = "CELL",
      converter = CellConverter.class,
      description = "Cells to measure at each shape; default: rnn,lstm,gru.")
  private List<Cell> cells = BenchCells.DEFAULTS;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "2",
      description =
          "CPU time to measure each cell and shape for, after about as much or more of warming up;"
              + " default: ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Also compare steps of the local engine on N threads with those on one, in wall time;"
              + " default: ${DEFAULT-VALUE}, which leaves that out.")
  private int threads;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Mixin private CommonOptions common;

  @Override
  public void run() {
    common.refuseOverrides("--shapes and --cells");
    BenchReport report = Bench.run(settings());
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? BenchText.json(report) : BenchText.table(report));
  }

  private BenchSettings settings() {
    try {
      return new BenchSettings(shapes, cells, seconds, threads);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
    }
  }

  /** Reads I,H,B,T. */
  static final class ShapeConverter implements ITypeConverter<BenchShape> {
    @Override
    public BenchShape convert(String text) {
      return read(text, BenchShape::parse);
    }
  }

  /** Reads the name of a cell. */
  static final class CellConverter implements ITypeConverter<Cell> {
    @Override
    public Cell convert(String text) {
      return read(text, BenchCells::named);
    }
  }

  private static <T> T read(String text, Function<String, T> reader) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
