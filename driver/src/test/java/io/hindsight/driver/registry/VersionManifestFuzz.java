package io.hindsight.driver.registry;

import io.hindsight.driver.model.ModelException;
import io.hindsight.fuzz.Parsing;
import java.io.IOException;

/** {@code MANIFEST.json} of the versions of a registry. */
public final class VersionManifestFuzz {
  private VersionManifestFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, VersionManifestFuzz::parse, ModelException.class);
  }

  private static void parse(byte[] input) throws IOException {
    VersionManifest.parse(input, "manifest");
  }
}
