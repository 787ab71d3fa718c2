package io.hindsight.driver.model;

import io.hindsight.fuzz.Parsing;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Tensor files, of models, checkpoints and others. */
public final class SafetensorsFuzz {
  private SafetensorsFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, SafetensorsFuzz::parse, ModelException.class);
  }

  private static void parse(byte[] input) throws IOException {
    Safetensors.read(new ByteArrayInputStream(input), input.length, "file");
  }
}
