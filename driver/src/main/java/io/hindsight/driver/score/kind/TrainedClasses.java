package io.hindsight.driver.score.kind;

import io.hindsight.driver.score.rank.Threshold;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What figures of classes need of training.
 *
 * @param positive of two classes the one that is looked for: the rarer in the training part, of
 *     equals the later; absent if that is not known, or there are not two
 * @param threshold that answers it; absent if none was found
 */
public record TrainedClasses(OptionalInt positive, Optional<Threshold> threshold) {
  /** Nothing is known. */
  public static final TrainedClasses UNKNOWN =
      new TrainedClasses(OptionalInt.empty(), Optional.empty());
}
