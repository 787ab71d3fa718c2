package io.hindsight.datasets.stored;

import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.encoded.TargetSeries;
import io.hindsight.datasets.stored.RowShape.Beside;
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
  private static final int COUNT = RowShape.COUNT;
  private static final int AT_ONCE = 1 << 17; // numbers, so that they are not twice on the heap

  private final RowBytes bytes;
  private final RowShape shape;

  /** Rows of a shape. */
  public EncodedFile(RowBytes bytes, RowShape shape) {
    this.bytes = bytes;
    this.shape = shape;
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
    Sequence inputs = Sequence.ofFeatures(id, doubles(at, shape.features(), from, steps), steps);
    at += shape.featureBytes(length);
    if (!shape.beside().equals(Beside.NONE)) {
      inputs = withBeside(inputs, at, length, from);
    }
    at += shape.beside().bytes(length);
    return withWeights(withTargets(inputs, at, from), at + shape.targetBytes(length), from)
        .from(from);
  }

  /**
   * With the steps' targets.
   *
   * @param place of the row's targets
   */
  private Sequence withTargets(Sequence inputs, long place, int from) {
    if (shape.classes()) {
      return inputs.withClasses(ints(place + COUNT, from, inputs.length()));
    }
    return shape.targets() == 0
        ? inputs
        : inputs.withTargets(doubles(place, shape.targets(), from, inputs.length()));
  }

  private Sequence withWeights(Sequence targeted, long place, int from) {
    return shape.weights()
        ? targeted.withWeights(doubles(place, 1, from, targeted.length()))
        : targeted;
  }

  private Sequence withBeside(Sequence inputs, long place, int length, int from) {
    Beside beside = shape.beside();
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
    long before = COUNT + idBytes + COUNT + shape.featureBytes(length);
    before += shape.beside().bytes(length);
    before += shape.targetBytes(length);
    before += shape.weightBytes(length);
    long at = place + before;
    int left = (int) (size - before);
    int count = left > AT_ONCE * Double.BYTES ? read(at, COUNT).getInt() : 0;
    if (count <= 0) {
      return EncodedRow.series(read(at, left));
    }
    RowNumbers values = new FileNumbers(bytes, at + COUNT, count); // read when they are asked for
    int after = COUNT + count * Double.BYTES;
    return EncodedRow.series(values, read(at + after, left - after));
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
