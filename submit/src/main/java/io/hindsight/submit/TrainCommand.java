package io.hindsight.submit;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.run.EndedRun;
import io.hindsight.driver.run.TrainingResult;
import io.hindsight.driver.run.TrainingRun;
import io.hindsight.submit.options.CommonOptions;
import io.hindsight.submit.options.ConfigArgument;
import io.hindsight.submit.signals.StopSignals;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code train CONFIG}: trains a network and leaves the results in a run directory. */
@Command(
    name = "train",
    description = "Train a network; the results are left in a run directory.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hindsight train conf/quickstart.yaml",
      "  hindsight train conf/quickstart.yaml --set training.batch=8",
      "  hindsight train conf/quickstart.yaml --run-dir runs/first --resume",
      "  hindsight train conf/quickstart.yaml --start-from runs/first/model",
      "",
      "The run directory holds the configuration with every default (config.yaml), a line of"
          + " metrics for each step and validation (metrics.jsonl), checkpoints/, the model/, and"
          + " how the run ended and what the model reaches (status.json, written last).",
      "",
      "SIGTERM, or Ctrl-C once, ends the run after its step and saves its state: exit code 6, and"
          + " --resume continues to the same weights. Ctrl-C again ends it at once, with"
          + " exit code 130.",
      "",
      "One process at a time trains in a run directory: another is refused with exit code 5, which"
          + " names the first. Where that was killed, the next takes over: at once on the same"
          + " machine, otherwise after 20 s.",
      "",
      "If a loss or gradient becomes NaN or infinite, training ends with exit code 4 and no model"
          + " is written."
    })
final class TrainCommand implements Runnable, Failures.HasFolder {
  @Spec private CommandSpec spec;
  @Mixin private ConfigArgument argument;

  @Option(
      names = "--run-dir",
      paramLabel = "DIR",
      description =
          "Where the results go, a path or any URI of Hadoop, not one that holds a run, unless that"
              + " failed before its first step; default: runs/<name>-<UTC time>.")
  private String given;

  @Option(
      names = "--resume",
      description = "Continue the run of --run-dir from its newest sound checkpoint.")
  private boolean resume;

  @Option(
      names = "--ended-ok",
      description =
          "With --resume: where the run has ended already, print its result again and end with 0,"
              + " instead of refusing. For a scheduler that repeats a command until it succeeds;"
              + " each run needs a directory of its own.")
  private boolean endedOk;

  @Option(
      names = "--start-from",
      paramLabel = "MODEL",
      description =
          "Train a model further: its weights are the initial ones; a run's model/ or one of its"
              + " checkpoints/, or a registry, which means its champion as the run begins. As"
              + " training.start-from.")
  private String startFrom;

  @Option(
      names = "--encoding",
      paramLabel = "keep|refit",
      description =
          "With --start-from: whether the data is encoded as that model's was, which is the"
              + " default, or as its own training part is fitted. As training.encoding.")
  private String encoding;

  @Mixin private CommonOptions common;

  private RunDirectory directory;

  @Override
  public void run() {
    if (resume && given == null) {
      throw new ParameterException(spec.commandLine(), "--resume needs the run's --run-dir");
    }
    if (endedOk && !resume) {
      throw new ParameterException(spec.commandLine(), "--ended-ok needs --resume");
    }
    RunConfig config = ConfigReader.read(argument.file(), overrides());
    directory = given == null ? RunDirectory.named(config, Instant.now()) : new RunDirectory(given);
    Optional<TrainingResult> ended = endedOk ? EndedRun.of(directory, config) : Optional.empty();
    if (ended.isPresent()) {
      TrainingText.print(ended.get(), out());
      return;
    }
    try (StopSignals signals = StopSignals.install()) {
      TrainingText.print(TrainingRun.start(config, directory, resume, signals), out());
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private List<String> overrides() {
    List<String> overrides = new ArrayList<>(common.overrides());
    addOverride(overrides, "training.start-from", startFrom);
    addOverride(overrides, "training.encoding", encoding);
    return overrides;
  }

  private static void addOverride(List<String> overrides, String key, String text) {
    if (text != null) {
      overrides.add("%s='%s'".formatted(key, text.replace("'", "''")));
    }
  }

  @Override
  public Optional<Path> folder() {
    return Optional.ofNullable(directory).flatMap(RunDirectory::path);
  }
}
