package io.hindsight.driver.spark.codec;

import io.hindsight.fuzz.Parsing;
import java.io.IOException;

/** What a task of a Spark job sends. */
public final class StepReplyFuzz {
  private StepReplyFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, StepReplyFuzz::parse, IOException.class);
  }

  private static void parse(byte[] input) throws IOException {
    new StepReply().readExternal(new PlainInput(input));
  }
}
