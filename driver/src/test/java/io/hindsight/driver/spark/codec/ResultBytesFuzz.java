package io.hindsight.driver.spark.codec;

import io.hindsight.fuzz.Parsing;
import java.io.IOException;

/** Results that a resident task sends. */
public final class ResultBytesFuzz {
  private ResultBytesFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, ResultBytesFuzz::parse, IOException.class);
  }

  private static void parse(byte[] input) throws IOException {
    StepBytes.readResults(MessageSamples.pieces(input), MessageSamples.SPEC);
  }
}
