package io.hindsight.datasets.stored;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Statics;
import java.io.Serializable;

/**
 * What all sequences of encoded rows have alike, from which follows how long each array of a row
 * is.
 *
 * @param features I
 * @param beside what they have beside those
 * @param targets O; 0 where they are classes
 * @param classes whether they are classes
 * @param weights whether they have weights
 */
public record RowShape(int features, Beside beside, int targets, boolean classes, boolean weights)
    implements Serializable {
  /** Bytes before each array, that say how many elements it has. */
  static final int COUNT = Integer.BYTES;

  /**
   * How much sequences have beside their features.
   *
   * @param categories J of each step
   * @param numbers S of the whole sequence
   * @param ofSequence K categories of the whole sequence
   */
  public record Beside(int categories, int numbers, int ofSequence) implements Serializable {
    /** Nothing. */
    public static final Beside NONE = new Beside(0, 0, 0);

    /** The bytes of a row of so many steps, with the counts before. */
    long bytes(int length) {
      long ids = (long) categories * length + ofSequence;
      return 3 * COUNT + Integer.BYTES * ids + (long) Double.BYTES * numbers;
    }
  }

  /** That of a sequence, whatever its length. */
  static RowShape of(Sequence sequence) {
    Statics statics = sequence.statics();
    Beside beside =
        new Beside(
            sequence.categoryWidth(), statics.features().length, statics.categories().length);
    return new RowShape(
        sequence.width(),
        beside,
        sequence.targetWidth(),
        sequence.classes() != null,
        sequence.weights() != null);
  }

  /** The bytes of features of a row of so many steps, with the count before. */
  long featureBytes(int length) {
    return COUNT + (long) Double.BYTES * features * length;
  }

  /** The bytes of targets and classes, with the counts before. */
  long targetBytes(int length) {
    long numbers = COUNT + (long) Double.BYTES * targets * length;
    return numbers + COUNT + (classes ? (long) Integer.BYTES * length : 0);
  }

  /** The bytes of weights, with the count before. */
  long weightBytes(int length) {
    return COUNT + (weights ? (long) Double.BYTES * length : 0);
  }
}
