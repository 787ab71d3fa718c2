package io.hindsight.submit.backtest;

import io.hindsight.driver.backtest.Backtest;
import io.hindsight.driver.backtest.BacktestReport;
import io.hindsight.driver.backtest.BacktestRequest;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.predict.RowsFile;
import io.hindsight.submit.options.CommonOptions;
import io.hindsight.submit.options.ConfigArgument;
import io.hindsight.submit.signals.StopSignals;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code backtest CONFIG}: what a forecast would have reached, at one time after another. */
@Command(
    name = "backtest",
    description =
        "Score a forecast, or answers of classes, at several origins in time, each on what follows"
            + " it, beside simple forecasts or the most frequent class; with --refit of a model that"
            + " is trained anew at each.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hindsight backtest conf/quickstart.yaml --origins 4 --every 12",
      "  hindsight backtest conf/quickstart.yaml --origins 4 --every 12 --refit --out errors.csv",
      "",
      "With data.split.by: time the origins end with the data: the last K times S steps of each"
          + " sequence are scored, S at each origin. With by: date the first origin is"
          + " data.split.test-from, and S is a span of time. Validation is as long as the"
          + " configuration says, before each origin.",
      "",
      "The model, the scaling, the simple forecasts, the most frequent class and the unit of mase"
          + " are fitted to what lies before an origin. The last row is of all targets together.",
      "",
      "Each model has a run directory. The same command again goes on where it was interrupted;"
          + " runs that are complete stay as they are."
    })
public final class BacktestCommand implements Runnable {
  private static final String OUT = "--out";

  @Spec private CommandSpec spec;
  @Mixin private ConfigArgument argument;

  @Option(
      names = "--origins",
      required = true,
      paramLabel = "K",
      description = "How many origins, 1 or more.")
  private int origins;

  @Option(
      names = "--every",
      paramLabel = "S",
      description =
          "From one origin to the next: so many steps; with data.split.by: date a span of time,"
              + " such as P1M. Default: data.horizon, at least 1.")
  private String every;

  @Option(
      names = "--refit",
      description =
          "Train a model at each origin, from the same seed; otherwise that of the first is scored"
              + " at all.")
  private boolean refit;

  @Option(
      names = "--run-dir",
      paramLabel = "DIR",
      description =
          "Where the run directories go, as DIR/origin-1 and so on; default:"
              + " runs/<name>-backtest.")
  private String directory;

  @Option(
      names = OUT,
      paramLabel = "FILE",
      description = "Also write the table, with all figures, to a new file, .csv or .jsonl.")
  private String out;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Mixin private CommonOptions common;

  @Override
  public void run() {
    if (origins < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--origins must be at least 1, but is %d; give 12, for example".formatted(origins));
    }
    RunConfig config = ConfigReader.read(argument.file(), common.overrides());
    if (out != null) {
      RowsFile.requireNew(OUT, out);
    }
    String parent = directory == null ? BacktestRequest.usualDirectory(config) : directory;
    BacktestRequest request =
        new BacktestRequest(config, origins, Optional.ofNullable(every), refit, parent);
    try (StopSignals signals = StopSignals.install()) {
      print(Backtest.run(request, signals));
    }
  }

  private void print(BacktestReport report) {
    BacktestTable table = new BacktestTable(report);
    if (out != null) {
      RowsFile.write(OUT, table.rows(), out);
    }
    spec.commandLine().getOut().println(json ? table.json() : table.text());
  }
}
