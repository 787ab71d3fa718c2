package io.hindsight.driver.spark.codec;

import io.hindsight.fuzz.Parsing;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.io.IOException;

/** A step that a resident task is sent. */
public final class InputBytesFuzz {
  private InputBytesFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, InputBytesFuzz::parse, IOException.class);
  }

  private static void parse(byte[] input) throws IOException {
    Parameters weights = new Parameters(new ParameterLayout(MessageSamples.SPEC));
    StepBytes.readInput(MessageSamples.pieces(input), weights);
  }
}
