package io.hindsight.datasets.stored;

import io.hindsight.datasets.encoded.TargetSeries;
import io.hindsight.datasets.windows.StoredSteps;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Statics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;

/**
 * Encoded rows in a file, each found by its place there, of which some steps can be read without
 * the others. All have the same shape; so where an array begins follows from a row's place, the
 * bytes of its id and its length.
 */
public final class EncodedFile {
  private static final int COUNT = Integer.BYTES; // before each array
  private static final int AT_ONCE = 1 << 17; // numbers, so that they are not twice on the heap

  /**
   * What all sequences have alike.
   *
   * @param features I
   * @param beside what they have beside those
   * @param targets O; 0 where they are classes
   * @param classes whether they are classes
   * @param weights whether they have weights
   */
  public record Shape(int features, Beside beside, int targets, boolean classes, boolean weights) {
    /**
     * How much sequences have beside their features.
     *
     * @param categories J of each step
     * @param numbers S of the whole sequence
     * @param ofSequence K categories of the whole sequence
     */
    public record Beside(int categories, int numbers, int ofSequence) {
      /** Nothing. */
      public static final Beside NONE = new Beside(0, 0, 0);

      /** The bytes of a row of so many steps, with the counts before. */
      private long bytes(int length) {
        long ids = (long) categories * length + ofSequence;
        return 3 * COUNT + Integer.BYTES * ids + (long) Double.BYTES * numbers;
      }
    }

    /** That of a sequence, whatever its length. */
    static Shape of(Sequence sequence) {
      Statics statics = sequence.statics();
      Beside beside =
          new Beside(
              sequence.categoryWidth(), statics.features().length, statics.categories().length);
      return new Shape(
          sequence.width(),
          beside,
          sequence.targetWidth(),
          sequence.classes() != null,
          sequence.weights() != null);
    }
  }

  private final RowBytes bytes;
  private final int features;
  private final Shape.Beside beside;
  private final int targets;
  private final boolean classes;
  private final boolean weights;

  /** Rows of a shape. */
  public EncodedFile(RowBytes bytes, Shape shape) {
    this.bytes = bytes;
    this.features = shape.features();
    this.beside = shape.beside();
    this.targets = shape.targets();
    this.classes = shape.classes();
    this.weights = shape.weights();
  }

  /**
   * Some steps of a row's sequence.
   *
   * @param place of the row
   * @param idBytes of its id
   * @param length T: all its steps
   * @param id of what is returned
   */
  public Sequence steps(long place, int idBytes, int length, String id, int from, int to) {
    int steps = to - from;
    long at = place + COUNT + idBytes + COUNT;
    Sequence inputs = Sequence.ofFeatures(id, doubles(at, features, from, steps), steps);
    at += COUNT + (long) Double.BYTES * features * length;
    if (!beside.equals(Shape.Beside.NONE)) {
      inputs = withBeside(inputs, at, length, from);
    }
    at += beside.bytes(length);
    return withWeights(withTargets(inputs, at, from), at + targetBytes(length), from);
  }

  /**
   * With the steps' targets.
   *
   * @param place of the row's targets
   */
  private Sequence withTargets(Sequence inputs, long place, int from) {
    if (classes) {
      return inputs.withClasses(ints(place + COUNT, from, inputs.length()));
    }
    return targets == 0
        ? inputs
        : inputs.withTargets(doubles(place, targets, from, inputs.length()));
  }

  /** The bytes of targets and classes of a row of so many steps, with the counts before. */
  private long targetBytes(int length) {
    long numbers = COUNT + (long) Double.BYTES * targets * length;
    return numbers + COUNT + (classes ? (long) Integer.BYTES * length : 0);
  }

  private Sequence withWeights(Sequence targeted, long place, int from) {
    return weights ? targeted.withWeights(doubles(place, 1, from, targeted.length())) : targeted;
  }

  private Sequence withBeside(Sequence inputs, long place, int length, int from) {
    int width = beside.categories();
    int[] categories = ints(place, from * width, inputs.length() * width);
    long numbers = place + COUNT + (long) Integer.BYTES * width * length;
    long ids = numbers + COUNT + (long) Double.BYTES * beside.numbers();
    return inputs
        .withCategories(categories)
        .withStatics(
            new Statics(
                doubles(numbers, beside.numbers(), 0, 1), ints(ids, 0, beside.ofSequence())));
  }

  /** Steps that are named by their place, scored where those are. */
  public Sequence steps(StoredSteps stored) {
    int end = stored.start() + stored.steps();
    return steps(
            stored.place(), stored.idBytes(), stored.length(), stored.id(), stored.start(), end)
        .scoredFrom(stored.scoredFrom());
  }

  /**
   * The targets of a row in original units.
   *
   * @param size bytes of the row
   */
  TargetSeries series(long place, int size, int idBytes, int length) {
    long before = COUNT + idBytes + COUNT + COUNT + (long) Double.BYTES * features * length;
    before += beside.bytes(length);
    before += targetBytes(length);
    before += COUNT + (weights ? (long) Double.BYTES * length : 0);
    return EncodedRow.series(read(place + before, (int) (size - before)));
  }

  private double[] doubles(long array, int width, int from, int steps) {
    long first = array + COUNT + (long) Double.BYTES * width * from;
    int all = Math.multiplyExact(width, steps);
    double[] values = {};
    for (int at = 0; at < all; at += AT_ONCE) {
      int count = Math.min(AT_ONCE, all - at);
      ByteBuffer piece = read(first + (long) Double.BYTES * at, Double.BYTES * count);
      values = at == 0 ? new double[all] : values; // only now is it certain that there are any
      piece.asDoubleBuffer().get(values, at, count);
    }
    return values;
  }

  private int[] ints(long array, int from, int steps) {
    long first = array + COUNT + (long) Integer.BYTES * from;
    IntBuffer read = read(first, Math.multiplyExact(Integer.BYTES, steps)).asIntBuffer();
    int[] values = new int[steps];
    read.get(values);
    return values;
  }

  private ByteBuffer read(long place, int size) {
    byte[] read = new byte[size];
    try {
      bytes.readFully(place, read);
    } catch (IOException damaged) {
      throw new UncheckedIOException("cannot read the file of the encoded data again", damaged);
    }
    return ByteBuffer.wrap(read);
  }
}
