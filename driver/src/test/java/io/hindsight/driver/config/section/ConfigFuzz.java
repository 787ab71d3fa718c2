package io.hindsight.driver.config.section;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.yaml.Problems;
import io.hindsight.driver.config.yaml.SourceText;
import io.hindsight.fuzz.Parsing;
import java.util.List;

/** Configuration files; what is accepted reads back from its resolved form. */
public final class ConfigFuzz {
  private ConfigFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, ConfigFuzz::parse, ConfigException.class);
  }

  private static void parse(byte[] input) {
    Problems problems = new Problems();
    String yaml = SourceText.decoded("run.yaml", input, problems);
    RunConfig config = ConfigReader.read(yaml, "run.yaml", List.of());
    String resolved = ResolvedConfig.toYaml(config);
    if (!ConfigReader.read(resolved, "run.yaml", List.of()).equals(config)) {
      throw new AssertionError("another configuration when read again: " + resolved);
    }
  }
}
