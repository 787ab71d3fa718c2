package io.hindsight.driver.retrain.folder;

import io.hindsight.driver.model.ModelException;
import io.hindsight.fuzz.Parsing;
import java.io.IOException;

/** {@code attempt.json} of a retraining. */
public final class AttemptFuzz {
  private AttemptFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, AttemptFuzz::parse, ModelException.class);
  }

  private static void parse(byte[] input) throws IOException {
    Attempt.parse(input, "attempt").toJson();
  }
}
