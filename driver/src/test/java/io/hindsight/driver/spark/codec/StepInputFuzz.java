package io.hindsight.driver.spark.codec;

import io.hindsight.fuzz.Parsing;
import java.io.IOException;

/** What a step of a Spark job is sent. */
public final class StepInputFuzz {
  private StepInputFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, StepInputFuzz::parse, IOException.class);
  }

  private static void parse(byte[] input) throws IOException {
    new StepInput().readExternal(new PlainInput(input));
  }
}
