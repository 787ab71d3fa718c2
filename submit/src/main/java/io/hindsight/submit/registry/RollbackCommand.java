package io.hindsight.submit.registry;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rollback}: makes a former champion the champion again. */
@Command(
    name = "rollback",
    description = "Make a former champion of a registry the champion again.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hindsight rollback --registry hdfs:///models/sales --reason 'too high on Sundays'",
      "  hindsight rollback --registry hdfs:///models/sales --to 2026-09",
      "",
      "Without --to it goes back to the champion that the present one replaced, and a second time"
          + " one further; never to one that a rollback has taken back."
    })
public final class RollbackCommand implements Runnable {
  @Option(
      names = "--to",
      paramLabel = "VERSION",
      description = "The former champion; default: the one that the present champion replaced.")
  private String version;

  @Mixin private ReasonOption reason;
  @Mixin private RegistryOptions registry;

  RollbackCommand() {}

  @Override
  public void run() {
    PointerChange.run(
        registry, writer -> writer.rollback(Optional.ofNullable(version), reason.text()));
  }
}
