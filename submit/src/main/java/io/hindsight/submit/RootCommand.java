package io.hindsight.submit;

import io.hindsight.datasets.files.FileNames;
import io.hindsight.datasets.files.LocaleException;
import io.hindsight.driver.run.ExitCode;
import io.hindsight.submit.backtest.BacktestCommand;
import io.hindsight.submit.diagnose.DiagnoseCommand;
import io.hindsight.submit.exchange.ExportCommand;
import io.hindsight.submit.exchange.ImportCommand;
import io.hindsight.submit.registry.HistoryCommand;
import io.hindsight.submit.registry.PinCommand;
import io.hindsight.submit.registry.PromoteCommand;
import io.hindsight.submit.registry.PruneCommand;
import io.hindsight.submit.registry.PublishCommand;
import io.hindsight.submit.registry.RollbackCommand;
import io.hindsight.submit.registry.StatusCommand;
import io.hindsight.submit.registry.UnpinCommand;
import io.hindsight.submit.report.ReportCommand;
import io.hindsight.submit.retrain.RetrainCommand;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The root of the command line: {@code hindsight COMMAND}. */
@Command(
    name = "hindsight",
    synopsisSubcommandLabel = "COMMAND",
    description = "Recurrent networks, trained by back-propagation through time on Apache Spark.",
    versionProvider = Version.class,
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      SampleCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      BacktestCommand.class,
      FindRateCommand.class,
      ReportCommand.class,
      DiagnoseCommand.class,
      GradcheckCommand.class,
      ReplayCommand.class,
      ValidateCommand.class,
      PrepareCommand.class,
      PruneStoreCommand.class,
      PlanCommand.class,
      BenchCommand.class,
      RetrainCommand.class,
      PublishCommand.class,
      PromoteCommand.class,
      RollbackCommand.class,
      PinCommand.class,
      UnpinCommand.class,
      HistoryCommand.class,
      StatusCommand.class,
      PruneCommand.class
    },
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands (each explains itself with --help):%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:internal error",
      "2:wrong usage or configuration, or too little memory",
      "3:unusable data or model",
      "4:training diverged",
      "5:another process trains in the run directory, or changes the registry",
      "6:interrupted, or the infrastructure failed; trying again may help",
      "7:a retraining's candidate was rejected, with --fail-on-reject",
      "8:the data of a retraining is late or too little; try again later",
      "130:ended at once by Ctrl-C, in 'train' by the second"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  hindsight train conf/quickstart.yaml --run-dir runs/first",
      "  hindsight evaluate --model runs/first/model",
      "  hindsight predict --model runs/first/model --input new.csv --output next.csv",
      "",
      "Results go to standard output, progress and messages to standard error."
    })
public final class RootCommand implements Runnable {

  @Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = "--version",
      versionHelp = true,
      description = "Show the versions of Hindsight, Java and Spark.")
  private boolean version;

  RootCommand() {}

  /**
   * Runs a command and ends the process with its exit code. Success returns instead: a cluster
   * manager may take any early exit, even one with code 0, for a failure.
   *
   * @param args the command and its options
   */
  public static void main(String[] args) {
    LauncherWatch.install();
    MemoryWatch.install();
    int code = run(args);
    if (code != ExitCode.OK.code()) {
      System.exit(code);
    }
  }

  /**
   * Runs a command with this process's standard output and error.
   *
   * @param args the command and its options
   * @return the exit code, see {@link ExitCode}
   */
  public static int run(String... args) {
    PrintWriter err = writer(System.err);
    try {
      return run(writer(System.out), err, TypedArguments.of(args));
    } catch (LocaleException lost) {
      err.println("hindsight: " + lost.getMessage());
      return ExitCode.USAGE.code();
    }
  }

  /**
   * Runs a command.
   *
   * @param out receives results
   * @param err receives everything else
   * @param args the command and its options
   * @return the exit code, see {@link ExitCode}
   */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine commandLine =
        new CommandLine(new RootCommand())
            .setOut(out)
            .setErr(err)
            .setUsageHelpAutoWidth(true)
            .registerConverter(Path.class, RootCommand::path)
            .setParameterExceptionHandler(new UsageErrors())
            .setExecutionExceptionHandler(new Failures());
    // As they are declared: what a command needs first, what all commands have last.
    for (CommandLine command : commandLine.getSubcommands().values()) {
      command.getCommandSpec().usageMessage().sortOptions(false).sortSynopsis(false);
      command.getCommandSpec().usageMessage().parameterListHeading("%n");
      command.getCommandSpec().usageMessage().optionListHeading("%nOptions:%n");
    }
    try {
      return commandLine.execute(args);
    } catch (Error error) {
      // Picocli hands on exceptions only; a user deserves the same report of, say, a full heap.
      return Failures.report(error, running(commandLine));
    } finally {
      out.flush();
      err.flush();
    }
  }

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  private static CommandLine running(CommandLine root) {
    return root.getParseResult().hasSubcommand()
        ? root.getParseResult().subcommand().commandSpec().commandLine()
        : root;
  }

  private static Path path(String argument) {
    try {
      FileNames.requireNameable(argument);
      return Path.of(argument);
    } catch (LocaleException | InvalidPathException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
