package io.hindsight.datasets.split;

import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.spec.Split;
import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.IdHash;
import java.io.Serializable;
import java.util.Comparator;
import java.util.function.IntFunction;

/**
 * Whole sequences divided by a hash of (seed, id): the part of a sequence does not depend on the
 * order in which sequences are read. The sequences with the smallest hashes are the test part, the
 * next ones validation.
 *
 * @param validation the key that validation begins with; null if all are of the test part
 * @param training the key that training begins with; null if none is trained on
 */
public record IdSplit(Key validation, Key training) implements Serializable {
  /** Everything is the test part. */
  public static final IdSplit ALL_TEST = new IdSplit(null, null);

  /**
   * A sequence's place in that order; ids of one hash are in the order of texts.
   *
   * @param hash of seed and id
   */
  public record Key(long hash, String id) implements Comparable<Key>, Serializable {
    private static final Comparator<Key> ORDER =
        Comparator.comparingLong(Key::hash).thenComparing(Key::id);

    /** The key of an id, its hash that of the seed and the id. */
    public static Key of(long seed, String id) {
      long hash = CounterRandom.of(seed, CounterRandom.Purpose.SPLIT, IdHash.of(id)).nextLong();
      return new Key(hash, id);
    }

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * The bounds between parts.
   *
   * @param ranked the key of a rank, in [0, n)
   * @param n sequences
   */
  public static IdSplit of(IntFunction<Key> ranked, int n, Split split) {
    return new IdSplit(
        key(ranked, validationFrom(n, split), n), key(ranked, trainingFrom(n, split), n));
  }

  /** The rank that validation begins with, of n sequences. */
  public static int validationFrom(int n, Split split) {
    return Split.count(split.test(), n);
  }

  /** The rank that training begins with, of n sequences. */
  public static int trainingFrom(int n, Split split) {
    int test = validationFrom(n, split);
    return test + Math.min(n - test, Split.count(split.validation(), n));
  }

  private static Key key(IntFunction<Key> ranked, int rank, int n) {
    return rank < n ? ranked.apply(rank) : null;
  }

  /** The part of a sequence. */
  Part part(Key key) {
    if (validation == null || key.compareTo(validation) < 0) {
      return Part.TEST;
    }
    return training == null || key.compareTo(training) < 0 ? Part.VALIDATION : Part.TRAINING;
  }
}
