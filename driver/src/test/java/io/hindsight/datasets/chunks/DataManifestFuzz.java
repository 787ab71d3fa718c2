package io.hindsight.datasets.chunks;

import io.hindsight.datasets.DataException;
import io.hindsight.fuzz.Parsing;

/** The manifest of encoded data, whose checksum is not looked at: it would refuse any change. */
public final class DataManifestFuzz {
  private DataManifestFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, DataManifestFuzz::parse, DataException.class);
  }

  private static void parse(byte[] input) {
    ManifestJson.parse(input, "MANIFEST.json");
  }
}
