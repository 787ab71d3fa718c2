package io.hindsight.driver.model;

import io.hindsight.fuzz.Parsing;
import java.io.IOException;

/** {@code MANIFEST.json} of models and checkpoints. */
public final class ManifestFuzz {
  private ManifestFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, ManifestFuzz::parse, ModelException.class);
  }

  private static void parse(byte[] input) throws IOException {
    Manifest.parse(input, Manifest.NAME);
  }
}
