package io.hindsight.submit.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.registry.Pointer;
import io.hindsight.driver.registry.RegistryAccess;
import io.hindsight.driver.registry.Version;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code history}: what happened in a registry, and what its gates measured. */
@Command(
    name = "history",
    description =
        "Show every change of a registry, the newest first: who, when and why; and its versions,"
            + " with all that their gates measured.",
    footerHeading = "%nExample:%n",
    footer = {"  hindsight history --registry hdfs:///models/sales --json"})
public final class HistoryCommand implements Runnable {
  @Mixin private RegistryOptions options;

  HistoryCommand() {}

  private record History(List<Pointer> pointers, List<Version> versions) {}

  @Override
  public void run() {
    options.check();
    History history =
        RegistryAccess.read(
            options.location(), registry -> new History(registry.history(), registry.list()));
    options.print(text(history), json(history));
  }

  private static String text(History history) {
    return RegistryText.pointers(history.pointers())
        + System.lineSeparator().repeat(2)
        + RegistryText.versions(history.versions());
  }

  /** {@code {"registry": "…", "entries": […], "versions": […]}}. */
  private ObjectNode json(History history) {
    ObjectNode object = options.object();
    ArrayNode entries = object.putArray("entries");
    history.pointers().forEach(pointer -> RegistryJson.put(entries.addObject(), pointer));
    ArrayNode versions = object.putArray("versions");
    history.versions().forEach(version -> RegistryJson.put(versions.addObject(), version));
    return object;
  }
}
