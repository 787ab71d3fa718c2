package io.hindsight.submit.registry;

import picocli.CommandLine.Option;

/** The option that says why, for those who read the history. */
final class ReasonOption {
  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Why, for those who read the history.")
  private String text;

  /** The reason; may be empty. */
  String text() {
    return text;
  }
}
