package io.hindsight.datasets.encoded;

import io.hindsight.datasets.spec.Split;

/**
 * Where the parts of one encoded sequence begin: what is before the first step of validation is
 * trained on, what is from the first step of the test part on is tested, as far as there is any.
 *
 * @param validationFrom the first step of the validation part, at most {@code testFrom}
 * @param testFrom the first step of the test part, at most T
 */
public record PartCuts(int validationFrom, int testFrom) {
  /** The parts of a sequence whose last steps are the later ones. */
  public static PartCuts ofLast(int length, double validation, double test) {
    int testFrom = length - Split.count(test, length);
    return new PartCuts(Math.max(0, testFrom - Split.count(validation, length)), testFrom);
  }

  /** Those of a whole sequence of one part. */
  public static PartCuts ofWhole(Part part, int length) {
    return switch (part) {
      case TRAINING -> new PartCuts(length, length);
      case VALIDATION -> new PartCuts(0, length);
      case TEST -> new PartCuts(0, 0);
    };
  }
}
