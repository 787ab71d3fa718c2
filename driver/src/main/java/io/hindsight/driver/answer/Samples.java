package io.hindsight.driver.answer;

/**
 * Samples that are drawn of each number that is forecast.
 *
 * @param count how many, from 1 to {@value #MOST}
 * @param seed that they follow from, with the sequence, the step, the element of its target and the
 *     number of the sample
 */
public record Samples(int count, long seed) {
  /** More would make rows that no table is read by. */
  public static final int MOST = 1000;

  public Samples {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException(
          "samples must be 1 to %d, but are %d".formatted(MOST, count));
    }
  }
}
