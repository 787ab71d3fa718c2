package io.hindsight.driver.bench;

import io.hindsight.fuzz.Parsing;
import java.nio.charset.StandardCharsets;

/** Shapes on the command line of {@code bench}. */
public final class ShapeFuzz {
  private ShapeFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, ShapeFuzz::parse, IllegalArgumentException.class);
  }

  private static void parse(byte[] input) {
    BenchShape.parse(new String(input, StandardCharsets.UTF_8));
  }
}
