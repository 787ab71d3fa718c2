package io.hindsight.driver.spark.placement;

import io.hindsight.driver.spark.codec.PlainInput;
import io.hindsight.fuzz.Parsing;
import java.io.IOException;

/** A page of shards that executors are sent. */
public final class ShardPageFuzz {
  private ShardPageFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, ShardPageFuzz::parse, IOException.class);
  }

  private static void parse(byte[] input) throws IOException {
    new ShardPage().readExternal(new PlainInput(input));
  }
}
