package io.hindsight.driver.start;

import io.hindsight.driver.model.ModelException;
import io.hindsight.fuzz.Parsing;
import java.io.IOException;

/** {@code parent.json} of a run directory. */
public final class ParentFuzz {
  private ParentFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, ParentFuzz::parse, ModelException.class);
  }

  private static void parse(byte[] input) throws IOException {
    Parent.parse(input, "parent").toJson();
  }
}
