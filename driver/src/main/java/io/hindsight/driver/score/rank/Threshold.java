package io.hindsight.driver.score.rank;

import java.util.Optional;

/**
 * From which probability of the positive class on that is answered, of two classes.
 *
 * @param value in [0, 1]
 */
public record Threshold(double value) {
  /** Names it in a model's metadata. */
  public static final String KEY = "f1_threshold";

  public Threshold {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("a threshold is from 0 to 1, but is " + value);
    }
  }

  /**
   * The threshold that {@link #text} wrote; absent if a model has none.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static Optional<Threshold> parse(String text) {
    return Optional.ofNullable(text).map(written -> new Threshold(Double.parseDouble(written)));
  }

  /** The shortest number that is this one. */
  public String text() {
    return Double.toString(value);
  }
}
