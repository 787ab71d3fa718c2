package io.hindsight.driver.answer;

import io.hindsight.driver.score.kind.ClassScores;
import java.util.Optional;

/**
 * How an answer is chosen from a network's outputs.
 *
 * @param beam beginnings that a search of label strings keeps; 0 for the best path
 * @param from one of two classes that is answered from a probability on; absent for the likelier
 * @param samples that are drawn of each number; absent for none
 */
public record Choice(int beam, Optional<From> from, Optional<Samples> samples) {
  /** The likeliest class, or the string of the likeliest path. */
  public static final Choice USUAL = new Choice(0, Optional.empty(), Optional.empty());

  /**
   * A class that is answered from a probability on, and the other below it.
   *
   * @param positive its index, 0 or 1
   * @param threshold least probability of it
   */
  public record From(int positive, double threshold) {}

  /** The index of the class that is answered, given the probability of each // (O). */
  int of(double[] probabilities) {
    if (from.isEmpty()) {
      return ClassScores.largest(probabilities);
    }
    int positive = from.get().positive();
    return probabilities[positive] >= from.get().threshold() ? positive : 1 - positive;
  }
}
