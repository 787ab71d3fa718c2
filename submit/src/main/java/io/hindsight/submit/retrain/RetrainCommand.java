package io.hindsight.submit.retrain;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.retrain.RetrainRequest;
import io.hindsight.driver.retrain.RetrainResult;
import io.hindsight.driver.retrain.Retraining;
import io.hindsight.driver.retrain.RunPlan;
import io.hindsight.driver.retrain.folder.Outcome;
import io.hindsight.driver.retrain.folder.RunKey;
import io.hindsight.submit.options.CommonOptions;
import io.hindsight.submit.options.ConfigArgument;
import io.hindsight.submit.signals.StopSignals;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code retrain CONFIG}: trains on a window of the data, and promotes what is not worse. */
@Command(
    name = "retrain",
    description =
        "Train on a window of the data, compare with the champion of a registry on the newest part"
            + " of it, and make the better one the champion.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hindsight retrain conf/quickstart.yaml --registry models/co2"
          + " --from 1959-01-01T00:00:00Z --to 1997-01-01T00:00:00Z",
      "  hindsight retrain sales.yaml --registry hdfs:///models/sales --as-of midnight",
      "",
      "The newest part of the window, behind one time for all sequences, is held out: candidate and"
          + " champion are both scored on it now. What the gates measure, and their limits in the"
          + " section 'gate', stand in blessing.json, passed or not.",
      "",
      "The same command names the same run. Killed anywhere, it goes on where it was, to the same"
          + " bits; after its verdict it answers 'unchanged', as long as its source is what it was."
          + " SIGTERM saves the state: exit code 6.",
      "",
      "Exit code 0 is any verdict, 7 a rejected candidate with --fail-on-reject, 8 data that is"
          + " late or too little, 5 another process at work on the same run."
    })
public final class RetrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigArgument argument;

  @Option(
      names = "--registry",
      required = true,
      paramLabel = "URI",
      description =
          "The registry: a directory of this machine, of HDFS or of an object store; begun if it is"
              + " not there.")
  private String registry;

  @Mixin private WindowOptions window;

  @Option(
      names = "--run-key",
      paramLabel = "KEY",
      description =
          "Names the run: letters, digits, '.', '-' and '_'; default: made of window and"
              + " configuration.")
  private String key;

  @Option(
      names = "--start",
      paramLabel = "champion|scratch",
      description =
          "Where the weights start: those of the champion, if there is one, or random ones, the"
              + " default.")
  private String start = "scratch";

  @Option(
      names = "--cold-every",
      paramLabel = "N",
      description =
          "With --start champion: every N-th run starts from random weights all the same, so that"
              + " none is fitted to the newest data alone.")
  private Integer coldEvery;

  @Option(
      names = "--no-promote",
      description =
          "Leave the champion as it is; a blessed candidate becomes a version. For windows of the"
              + " past: the champion is the one of the window's end.")
  private boolean noPromote;

  @Option(
      names = "--fail-on-reject",
      description = "End with 7, not 0, if a gate refuses the data or the candidate.")
  private boolean failOnReject;

  @Option(
      names = "--dry-run",
      description = "Only show window, key and what would be done; reads no data, writes nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Mixin private CommonOptions common;

  /** For the command line. */
  public RetrainCommand() {}

  @Override
  public Integer call() {
    RetrainRequest request = request();
    PrintWriter out = spec.commandLine().getOut();
    if (dryRun) {
      RunPlan plan = RunPlan.of(request);
      out.println(json ? RetrainJson.of(plan) : RetrainText.of(plan));
      return Outcome.UNCHANGED.exitCode(false).code();
    }
    RetrainResult result;
    try (StopSignals signals = StopSignals.install()) {
      result = Retraining.run(request, signals);
    }
    out.println(json ? RetrainJson.of(result) : RetrainText.of(result));
    return result.outcome().exitCode(failOnReject).code();
  }

  private RetrainRequest request() {
    RunConfig config = ConfigReader.read(argument.file(), common.overrides());
    return new RetrainRequest(
        config,
        registry,
        window.window(config),
        Optional.ofNullable(key).map(RunKey::given),
        start(),
        !noPromote);
  }

  private RetrainRequest.Start start() {
    boolean fromChampion = start.equals("champion");
    if (!fromChampion && !start.equals("scratch")) {
      throw ConfigException.of("--start " + start, "this must be champion or scratch");
    }
    if (coldEvery != null && (coldEvery < 1 || !fromChampion)) {
      throw ConfigException.of(
          "--cold-every " + coldEvery,
          "this is a number from 1 of runs that start from the champion; give --start champion with it");
    }
    return new RetrainRequest.Start(fromChampion, coldEvery == null ? 0 : coldEvery);
  }
}
