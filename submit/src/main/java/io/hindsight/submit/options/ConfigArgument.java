package io.hindsight.submit.options;

import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The argument that names a configuration. */
public final class ConfigArgument {
  @Parameters(
      paramLabel = "CONFIG",
      description = "The configuration, a YAML file; see conf/ for examples.")
  private Path file;

  /** The file, as the user named it. */
  public Path file() {
    return file;
  }
}
