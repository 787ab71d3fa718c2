package io.hindsight.submit.registry;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pin}: keeps a version. */
@Command(
    name = "pin",
    description =
        "Keep a version of a registry: it is not pruned and, as long as it is the champion, not"
            + " replaced.",
    footerHeading = "%nExample:%n",
    footer = {"  hindsight pin --registry hdfs:///models/sales --reason 'holidays'"})
public final class PinCommand implements Runnable {
  @Parameters(
      paramLabel = "VERSION",
      arity = "0..1",
      description = "The version, as history names it; default: the champion.")
  private String version;

  @Mixin private ReasonOption reason;
  @Mixin private RegistryOptions registry;

  PinCommand() {}

  @Override
  public void run() {
    PointerChange.run(registry, writer -> writer.pin(Optional.ofNullable(version), reason.text()));
  }
}
