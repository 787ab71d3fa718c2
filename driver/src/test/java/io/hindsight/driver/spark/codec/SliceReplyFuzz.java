package io.hindsight.driver.spark.codec;

import io.hindsight.fuzz.Parsing;
import java.io.IOException;

/** A slice of the sum that a task of a Spark job sends. */
public final class SliceReplyFuzz {
  private SliceReplyFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, SliceReplyFuzz::parse, IOException.class);
  }

  private static void parse(byte[] input) throws IOException {
    new SliceReply().readExternal(new PlainInput(input));
  }
}
