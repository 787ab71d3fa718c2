package io.hindsight.driver.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The committed hashes: {@code golden-hashes.properties}, one per case and number of steps. */
public final class GoldenHashes {
  private static final String FILE = "golden-hashes.properties";

  private GoldenHashes() {}

  /**
   * A committed hash.
   *
   * @throws IllegalArgumentException if there is none for this number of steps
   */
  public static String of(GoldenCase golden, int steps) {
    Properties hashes = new Properties();
    try (InputStream file = GoldenHashes.class.getResourceAsStream(FILE)) {
      hashes.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String hash = hashes.getProperty(key(golden, steps));
    if (hash == null) {
      throw new IllegalArgumentException(FILE + " has no " + key(golden, steps));
    }
    return hash;
  }

  static String key(GoldenCase golden, int steps) {
    return golden + "." + steps;
  }
}
