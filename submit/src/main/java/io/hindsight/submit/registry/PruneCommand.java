package io.hindsight.submit.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.Count;
import io.hindsight.driver.registry.Registry;
import io.hindsight.driver.registry.RegistryAccess;
import io.hindsight.driver.registry.Retention;
import io.hindsight.driver.registry.Version;
import io.hindsight.driver.retrain.folder.SurplusRuns;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code prune}: deletes versions and folders of runs that nobody needs any more. */
@Command(
    name = "prune",
    description =
        "Show which versions of a registry, and which folders of its retrainings, are no longer"
            + " needed; delete them if asked.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hindsight prune --registry hdfs:///models/sales",
      "  hindsight prune --registry hdfs:///models/sales --keep 20 --delete",
      "",
      "The champion and pinned versions are always kept, and runs that a process works on or whose"
          + " version is kept. The name of a deleted version is not used again."
    })
public final class PruneCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--keep",
      paramLabel = "N",
      defaultValue = "10",
      description = "Keep the newest N versions and the newest N runs; default: ${DEFAULT-VALUE}.")
  private int versions;

  @Option(
      names = "--keep-entries",
      paramLabel = "M",
      defaultValue = "10",
      description =
          "Keep the versions that the last M entries of the history name; default:"
              + " ${DEFAULT-VALUE}.")
  private int entries;

  @Option(names = "--delete", description = "Delete them; without it they are shown only.")
  private boolean delete;

  @Mixin private ReasonOption reason;
  @Mixin private RegistryOptions registry;

  PruneCommand() {}

  /**
   * What is no longer needed.
   *
   * @param runs keys of retrainings
   */
  private record Surplus(List<Version> versions, List<String> runs) {}

  @Override
  public void run() {
    registry.check();
    Retention retention = retention();
    print(delete ? deleted(retention) : RegistryAccess.read(registry.location(), this::surplus));
  }

  private Surplus surplus(Registry of) throws IOException {
    List<Version> surplus = retention().surplus(of);
    return new Surplus(surplus, runs(of, surplus));
  }

  /** Of the versions that will be left, the runs stay. */
  private List<String> runs(Registry of, List<Version> surplus) throws IOException {
    Set<String> kept = of.list().stream().map(Version::id).collect(Collectors.toSet());
    surplus.forEach(version -> kept.remove(version.id()));
    return new SurplusRuns(of).keys(versions, kept);
  }

  private Surplus deleted(Retention retention) {
    List<Version> surplus =
        RegistryAccess.change(
            registry.location(), registry.name(), writer -> writer.prune(retention, reason.text()));
    return RegistryAccess.read(
        registry.location(),
        of -> {
          List<String> runs = runs(of, List.of());
          return new Surplus(surplus, new SurplusRuns(of).delete(runs, RegistryAccess::sleep));
        });
  }

  private Retention retention() {
    if (versions < 0) {
      throw new ParameterException(
          spec.commandLine(), "--keep must be 0 or more, but is " + versions);
    }
    if (entries < 1) {
      throw new ParameterException(
          spec.commandLine(), "--keep-entries must be 1 or more, but is " + entries);
    }
    return new Retention(versions, entries);
  }

  /**
   * {@code {"registry": "…", "deleted": true, "versions": ["…"], "runs": ["…"], "bytes": 140022}}.
   */
  private void print(Surplus surplus) {
    List<String> ids = surplus.versions().stream().map(Version::id).toList();
    long bytes = surplus.versions().stream().mapToLong(Version::bytes).sum();
    ObjectNode object = registry.object().put("deleted", delete);
    ids.forEach(object.putArray("versions")::add);
    surplus.runs().forEach(object.putArray("runs")::add);
    object.put("bytes", bytes);
    String sum =
        String.format(
            Locale.ROOT,
            "%s, %,d bytes; %s",
            Count.of(ids.size(), "version"),
            bytes,
            Count.of(surplus.runs().size(), "run"));
    boolean isNone = ids.isEmpty() && surplus.runs().isEmpty();
    String hint = delete || isNone ? "" : "; delete them with --delete";
    registry.print(lines("", ids) + lines("run ", surplus.runs()) + sum + hint, object);
  }

  private String lines(String what, List<String> names) {
    String does = delete ? "deleted " : "would delete ";
    return names.stream()
        .map(name -> does + what + name + System.lineSeparator())
        .collect(Collectors.joining());
  }
}
