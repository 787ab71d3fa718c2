package io.hindsight.submit.options;

import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that name a stored model. */
public final class ModelOption {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description =
          "The model: a run's model/ or one of its checkpoints/; or a registry, which means its"
              + " champion.")
  private String location;

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description = "Another version of the registry than its champion.")
  private String version;

  /** The model directory or registry, a path or a URI. */
  public String location() {
    return location;
  }

  /** The version of the registry; absent for the champion. */
  public Optional<String> version() {
    return Optional.ofNullable(version);
  }
}
