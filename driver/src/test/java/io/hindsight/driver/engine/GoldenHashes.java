package io.hindsight.driver.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The committed hashes: {@code golden-hashes.properties}, one per case and number of steps, some
 * also of few sequences.
 */
public final class GoldenHashes {
  /** Before the number of steps: of {@link GoldenCase#planOfFew}. */
  static final String FEW = "few-";

  private static final String FILE = "golden-hashes.properties";

  private GoldenHashes() {}

  /**
   * A committed hash.
   *
   * @throws IllegalArgumentException if there is none for this number of steps
   */
  public static String of(GoldenCase golden, int steps) {
    return of(golden, "" + steps);
  }

  /** As the other, of a training's name: a number of steps, with {@link #FEW} before it or not. */
  static String of(GoldenCase golden, String training) {
    Properties hashes = new Properties();
    try (InputStream file = GoldenHashes.class.getResourceAsStream(FILE)) {
      hashes.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String hash = hashes.getProperty(key(golden, training));
    if (hash == null) {
      throw new IllegalArgumentException(FILE + " has no " + key(golden, training));
    }
    return hash;
  }

  static String key(GoldenCase golden, String training) {
    return golden + "." + training;
  }
}
