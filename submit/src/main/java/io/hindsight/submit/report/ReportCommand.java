package io.hindsight.submit.report;

import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.report.Reports;
import io.hindsight.submit.options.CommonOptions;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code report DIR…}: a page about a run, or about several side by side. */
@Command(
    name = "report",
    description = "Write a page about a run, or one that puts several runs side by side.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hindsight report runs/first",
      "  hindsight report runs/first runs/second --output comparison.html",
      "",
      "Training writes report.html, and report.json with the same numbers, into the run directory"
          + " when it ends. This command writes them again, also while a run goes on. The page needs"
          + " no other file and no script."
    })
public final class ReportCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", arity = "1..*", description = "Run directories, paths or URIs.")
  private List<String> directories;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "With several directories: where the page goes, a path or URI.")
  private String output;

  @Mixin private CommonOptions common;

  ReportCommand() {}

  @Override
  public void run() {
    common.refuseOverrides("the run directories as they are");
    List<RunDirectory> runs = directories.stream().map(RunDirectory::new).toList();
    if (runs.size() == 1 && output != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--output %s: the report of one run is written into its directory".formatted(output));
    }
    if (runs.size() > 1 && output == null) {
      throw new ParameterException(
          spec.commandLine(), "several directories need --output, the file to write");
    }
    if (runs.size() > 1) {
      Reports.compare(runs, output);
    }
    String file = runs.size() > 1 ? output : Reports.write(runs.get(0));
    spec.commandLine().getOut().println(file);
  }
}
