package io.hindsight.submit;

import picocli.CommandLine.Option;

/** The option that names a stored model. */
final class ModelOption {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "The model: a run's model/ or one of its checkpoints/.")
  private String location;

  /** The model directory, a path or a URI. */
  String location() {
    return location;
  }
}
