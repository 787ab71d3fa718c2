package io.hindsight.submit.registry;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code promote VERSION}: makes a version the champion. */
@Command(
    name = "promote",
    description = "Make a version of a registry its champion.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hindsight promote 2026-11 --registry hdfs:///models/sales",
      "  hindsight promote 2026-10 --registry models/sales --force --reason 'new shops'",
      "",
      "The version must be blessed by its gates, and the champion not be pinned; --force does"
          + " without both and asks for a reason. The model is loaded once before, so that a damaged"
          + " one never becomes the champion. A version that is the champion already is left so."
    })
public final class PromoteCommand implements Runnable {
  @Parameters(paramLabel = "VERSION", description = "The version, as history names it.")
  private String version;

  @Option(
      names = "--force",
      description = "Although it is not blessed, or the champion is pinned; needs --reason.")
  private boolean force;

  @Mixin private ReasonOption reason;
  @Mixin private RegistryOptions registry;

  PromoteCommand() {}

  @Override
  public void run() {
    PointerChange.run(registry, writer -> writer.promote(version, force, reason.text()));
  }
}
