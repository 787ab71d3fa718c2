package io.hindsight.driver.metrics;

import io.hindsight.fuzz.Parsing;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** {@code status.json} of a run directory that is used again. */
public final class StatusFuzz {
  private StatusFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, StatusFuzz::parse, IOException.class);
  }

  private static void parse(byte[] input) throws IOException {
    StatusFile.read(new ByteArrayInputStream(input), "status.json");
  }
}
