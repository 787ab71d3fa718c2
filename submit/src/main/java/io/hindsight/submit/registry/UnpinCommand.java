package io.hindsight.submit.registry;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code unpin}: takes a pin back. */
@Command(
    name = "unpin",
    description = "Take the pin of a version of a registry back.",
    footerHeading = "%nExample:%n",
    footer = {"  hindsight unpin --registry hdfs:///models/sales --reason 'holidays'"})
public final class UnpinCommand implements Runnable {
  @Parameters(
      paramLabel = "VERSION",
      arity = "0..1",
      description = "The version, as history names it; default: the champion.")
  private String version;

  @Mixin private ReasonOption reason;
  @Mixin private RegistryOptions registry;

  UnpinCommand() {}

  @Override
  public void run() {
    PointerChange.run(
        registry, writer -> writer.unpin(Optional.ofNullable(version), reason.text()));
  }
}
