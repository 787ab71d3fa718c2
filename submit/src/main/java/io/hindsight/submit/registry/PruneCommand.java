package io.hindsight.submit.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.Count;
import io.hindsight.driver.registry.RegistryAccess;
import io.hindsight.driver.registry.Retention;
import io.hindsight.driver.registry.Version;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code prune}: deletes versions that nobody needs any more. */
@Command(
    name = "prune",
    description = "Show which versions of a registry are no longer needed; delete them if asked.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hindsight prune --registry hdfs:///models/sales",
      "  hindsight prune --registry hdfs:///models/sales --keep 20 --delete",
      "",
      "The champion and pinned versions are always kept. The name of a deleted version is not used"
          + " again."
    })
public final class PruneCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--keep",
      paramLabel = "N",
      defaultValue = "10",
      description = "Keep the newest N versions; default: ${DEFAULT-VALUE}.")
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

  @Override
  public void run() {
    registry.check();
    Retention retention = retention();
    List<Version> surplus =
        delete
            ? RegistryAccess.change(
                registry.location(),
                registry.name(),
                writer -> writer.prune(retention, reason.text()))
            : RegistryAccess.read(registry.location(), retention::surplus);
    print(surplus);
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

  /** {@code {"registry": "…", "deleted": true, "versions": ["…"], "bytes": 140022}}. */
  private void print(List<Version> surplus) {
    List<String> ids = surplus.stream().map(Version::id).toList();
    long bytes = surplus.stream().mapToLong(Version::bytes).sum();
    ObjectNode object = registry.object().put("deleted", delete);
    ids.forEach(object.putArray("versions")::add);
    object.put("bytes", bytes);
    String lines =
        ids.stream()
            .map(id -> (delete ? "deleted " : "would delete ") + id + System.lineSeparator())
            .collect(Collectors.joining());
    String sum =
        String.format(Locale.ROOT, "%s, %,d bytes", Count.of(ids.size(), "version"), bytes);
    String hint = delete || ids.isEmpty() ? "" : "; delete them with --delete";
    registry.print(lines + sum + hint, object);
  }
}
