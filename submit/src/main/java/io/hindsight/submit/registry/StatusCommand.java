package io.hindsight.submit.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.registry.RegistryAccess;
import io.hindsight.driver.registry.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code status}: what a registry serves now. */
@Command(
    name = "status",
    description = "Show what a registry serves now, and who changes it.",
    footerHeading = "%nExample:%n",
    footer = {"  hindsight status --registry hdfs:///models/sales --json"})
public final class StatusCommand implements Runnable {
  @Mixin private RegistryOptions options;

  StatusCommand() {}

  @Override
  public void run() {
    options.check();
    Status status = RegistryAccess.read(options.location(), Status::of);
    options.print(text(status), json(status));
  }

  private static String text(Status status) {
    String champion =
        status
            .champion()
            .map(
                served ->
                    "champion %s, since entry %d of %s by %s%s%nweights  %s"
                        .formatted(
                            served.version().id(),
                            served.since().number(),
                            served.since().at(),
                            served.since().author().describe(),
                            served.isPinned() ? ", pinned" : "",
                            served.version().weightsSha256()))
            .orElse("no champion yet");
    String versions = "%nversions %s".formatted(String.join(", ", status.versions()));
    return champion
        + versions
        + status.writer().map(writer -> "%nin use by %s".formatted(writer)).orElse("");
  }

  /**
   * {@code {"registry": "…", "champion": {…} or null, "since": {…} or null, "pinned": […],
   * "versions": ["…"], "writer": "…" or null}}.
   */
  private ObjectNode json(Status status) {
    ObjectNode object = options.object().putNull("champion").putNull("since");
    object.putArray("pinned");
    status
        .champion()
        .ifPresent(
            champion -> {
              RegistryJson.put(object.putObject("champion"), champion.version());
              RegistryJson.put(object.putObject("since"), champion.since());
              champion.pinned().forEach(object.putArray("pinned")::add);
            });
    status.versions().forEach(object.putArray("versions")::add);
    return object.put("writer", status.writer().orElse(null));
  }
}
