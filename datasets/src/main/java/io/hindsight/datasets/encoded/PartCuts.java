package io.hindsight.datasets.encoded;

import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.spec.Split;
import java.util.function.IntUnaryOperator;

/**
 * Which steps of one encoded sequence are of which part, as far as there are any: it is trained on
 * from its first step on, and what lies between two parts is of none.
 *
 * @param trainingTo the step that training ends before
 * @param validationFrom the first step of the validation part, at least {@code trainingTo}
 * @param validationTo the step that it ends before, at least {@code validationFrom}
 * @param testFrom the first step of the test part, at least {@code validationTo}, at most T
 * @param testTo the step that it ends before, at least {@code testFrom}; beyond T if it ends with
 *     the sequence
 */
public record PartCuts(
    int trainingTo, int validationFrom, int validationTo, int testFrom, int testTo) {
  /** How many numbers these are. */
  public static final int COUNT = 5;

  /** Parts of which each ends where the next begins, and the last with the sequence. */
  public PartCuts(int validationFrom, int testFrom) {
    this(validationFrom, validationFrom, testFrom, testFrom, Integer.MAX_VALUE);
  }

  /**
   * The parts of a sequence whose last steps are the later ones.
   *
   * @param embargoed the step that a part ends before, by the first step of the next one
   */
  public static PartCuts ofLast(int length, Split split, IntUnaryOperator embargoed) {
    int testFrom = length - Split.count(split.test(), length);
    int validationFrom = Math.max(0, testFrom - Split.count(split.validation(), length));
    return new PartCuts(validationFrom, testFrom).with(embargoed, split.margins().after(), length);
  }

  /** Those of a whole sequence of one part. */
  public static PartCuts ofWhole(Part part, int length) {
    return switch (part) {
      case TRAINING -> new PartCuts(length, length);
      case VALIDATION -> new PartCuts(0, length);
      case TEST -> new PartCuts(0, 0);
    };
  }

  /**
   * The same with steps between the parts, and after the last, that are of none. A part that no
   * other follows in this sequence is left whole.
   *
   * @param embargoed the step that a part ends before, by the first step of the next one
   * @param after last steps that are of no part
   * @param length T
   */
  public PartCuts with(IntUnaryOperator embargoed, int after, int length) {
    PartCuts cuts =
        new PartCuts(
            before(trainingTo, 0, embargoed, length),
            validationFrom,
            before(validationTo, validationFrom, embargoed, length),
            testFrom,
            testTo);
    return after == 0 ? cuts : cuts.endingAt(length - after);
  }

  /** The same of which the test part ends before a step. */
  public PartCuts endingAt(int step) {
    return new PartCuts(
        trainingTo, validationFrom, validationTo, testFrom, Math.max(testFrom, step));
  }

  private static int before(int end, int start, IntUnaryOperator embargoed, int length) {
    return end == length ? end : Math.max(start, embargoed.applyAsInt(end));
  }

  /** The first step of a part that is its own; those before it are its history. */
  public int from(Part part) {
    return switch (part) {
      case TRAINING -> 0;
      case VALIDATION -> validationFrom;
      case TEST -> testFrom;
    };
  }

  /**
   * The step that a part ends before.
   *
   * @param length T
   */
  public int to(Part part, int length) {
    return switch (part) {
      case TRAINING -> trainingTo;
      case VALIDATION -> validationTo;
      case TEST -> Math.min(testTo, length);
    };
  }

  /** Whether a part has steps of a sequence of so many. */
  public boolean has(Part part, int length) {
    return from(part) < to(part, length);
  }

  /** Steps between the parts. */
  public int between() {
    return validationFrom - trainingTo + testFrom - validationTo;
  }

  /** Whether the parts can be those of a sequence of so many steps. */
  public boolean fit(int length) {
    return 0 <= trainingTo
        && trainingTo <= validationFrom
        && validationFrom <= validationTo
        && validationTo <= testFrom
        && testFrom <= Math.min(length, testTo);
  }
}
