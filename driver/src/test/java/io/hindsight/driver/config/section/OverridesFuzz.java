package io.hindsight.driver.config.section;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.fuzz.Parsing;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Values of {@code --set}, one after each zero byte, on top of a sound configuration. */
public final class OverridesFuzz {
  private OverridesFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, OverridesFuzz::parse, ConfigException.class);
  }

  private static final String SOUND =
      """
      data: {format: csv, path: x.csv, inputs: [x], targets: [x]}
      model: {cell: rnn, hidden: [8]}
      training: {epochs: 1, optimizer: {type: sgd, learning-rate: 1e-2}}
      """;

  private static void parse(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    ConfigReader.read(SOUND, "run.yaml", List.of(text.split("\0")));
  }
}
