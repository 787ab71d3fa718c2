package io.hindsight.submit.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.registry.Pointer;
import io.hindsight.driver.registry.RegistryAccess;
import io.hindsight.driver.registry.Version;
import io.hindsight.driver.retrain.folder.RetrainRuns;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code history}: what happened in a registry, and what its gates measured. */
@Command(
    name = "history",
    description =
        "Show every change of a registry, the newest first: who, when and why; its versions, with"
            + " all that their gates measured; and its retrainings, also those that were rejected.",
    footerHeading = "%nExample:%n",
    footer = {"  hindsight history --registry hdfs:///models/sales --json"})
public final class HistoryCommand implements Runnable {
  @Mixin private RegistryOptions options;

  HistoryCommand() {}

  private record History(
      List<Pointer> pointers, List<Version> versions, List<RetrainRuns.Run> runs) {}

  @Override
  public void run() {
    options.check();
    History history =
        RegistryAccess.read(
            options.location(),
            registry -> new History(registry.history(), registry.list(), RetrainRuns.of(registry)));
    options.print(text(history), json(history));
  }

  private static String text(History history) {
    return RegistryText.pointers(history.pointers())
        + System.lineSeparator().repeat(2)
        + RegistryText.versions(history.versions())
        + (history.runs().isEmpty()
            ? ""
            : System.lineSeparator().repeat(2) + RunsText.of(history.runs()));
  }

  /** {@code {"registry": "…", "entries": […], "versions": […], "runs": […]}}. */
  private ObjectNode json(History history) {
    ObjectNode object = options.object();
    ArrayNode entries = object.putArray("entries");
    history.pointers().forEach(pointer -> RegistryJson.put(entries.addObject(), pointer));
    ArrayNode versions = object.putArray("versions");
    history.versions().forEach(version -> RegistryJson.put(versions.addObject(), version));
    ArrayNode runs = object.putArray("runs");
    history.runs().forEach(run -> RegistryJson.put(runs.addObject(), run));
    return object;
  }
}
