package io.hindsight.driver.registry;

import io.hindsight.driver.model.ModelException;
import io.hindsight.fuzz.Parsing;
import java.io.IOException;

/** {@code data.json} of a version. */
public final class TrainingDataFuzz {
  private TrainingDataFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, TrainingDataFuzz::parse, ModelException.class);
  }

  private static void parse(byte[] input) throws IOException {
    TrainingData.parse(input, "data").toJson();
  }
}
