package io.hindsight.driver.registry;

import io.hindsight.driver.model.ModelException;
import io.hindsight.fuzz.Parsing;
import java.io.IOException;

/** Entries of the log of a registry, the second in number. */
public final class PointerFuzz {
  private PointerFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, PointerFuzz::parse, ModelException.class);
  }

  private static void parse(byte[] input) throws IOException {
    Pointer.isWhole(input);
    Pointer.parse(input, 2, "pointer");
  }
}
