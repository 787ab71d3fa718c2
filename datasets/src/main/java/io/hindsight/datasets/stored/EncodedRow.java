package io.hindsight.datasets.stored;

import io.hindsight.datasets.ByteCount;
import io.hindsight.datasets.Count;
import io.hindsight.datasets.DataException;
import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.encoded.PartCuts;
import io.hindsight.datasets.encoded.TargetSeries;
import io.hindsight.datasets.time.Timeline;
import io.hindsight.datasets.windows.ComputedSteps;
import io.hindsight.datasets.windows.SequenceList;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Statics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.stream.IntStream;

/**
 * A sequence that was encoded, with what is known of its targets in original units; on its way from
 * a task it is bytes.
 *
 * <pre>
 *   id: length, UTF-8 · T · features: count, values · categories: count, ids
 *   numbers of the sequence: count, values · its categories: count, ids · targets: count or −1, values
 *   classes: count or −1, values · weights: count or −1, values · series: count or −1, values
 *   its own scale: count or −1, values · line
 *   end of training · first step and end of validation · first step and end of the test part
 * </pre>
 */
public final class EncodedRow {
  /** Bytes of the cuts, with which those of a row end. */
  public static final int CUTS = PartCuts.COUNT * Integer.BYTES;

  private static final int NONE = -1;
  private static final int MOST = Integer.MAX_VALUE - 8; // bytes of an array

  private final Sequence sequence; // all its steps, with targets; of computed ones the first
  private final ComputedSteps computed; // null if all are at hand
  private final TargetSeries series;
  private final PartCuts cuts;
  private final byte[] id; // UTF-8

  /**
   * A sequence.
   *
   * @param series the target columns as they were read; no values where targets are none of a
   *     series
   * @param cuts where its parts begin
   */
  public EncodedRow(Sequence sequence, TargetSeries series, PartCuts cuts) {
    this(sequence, null, series, cuts);
  }

  private EncodedRow(
      Sequence sequence, ComputedSteps computed, TargetSeries series, PartCuts cuts) {
    this.sequence = sequence;
    this.computed = computed;
    this.series = series;
    this.cuts = cuts;
    this.id = sequence.id().getBytes(StandardCharsets.UTF_8);
  }

  /** The same of a list of one sequence, of which no more is held than the list holds. */
  public static EncodedRow of(SequenceList one, TargetSeries series, PartCuts cuts) {
    return one instanceof ComputedSteps computed
        ? new EncodedRow(one.window(0, 0, 1, false).sequence(), computed, series, cuts)
        : new EncodedRow(one.get(0), series, cuts);
  }

  /** All its steps, with targets. */
  public Sequence sequence() {
    return computed == null ? sequence : computed.get(0);
  }

  /** T. */
  public int length() {
    return computed == null ? sequence.length() : computed.length(0);
  }

  /** Whether each step has a target. */
  public boolean isComplete() {
    return computed == null
        ? IntStream.range(0, sequence.length()).noneMatch(sequence::lacksTarget)
        : computed.isComplete();
  }

  /** The target columns as they were read; its values may be null. */
  public TargetSeries series() {
    return series;
  }

  /** Where its parts begin. */
  public PartCuts cuts() {
    return cuts;
  }

  /** The id in UTF-8; not copied. */
  public byte[] idBytes() {
    return id;
  }

  /**
   * How many bytes {@link #toBytes} makes.
   *
   * @throws DataException if they are too many for an array
   */
  public int size() {
    long size = sections().size();
    if (size > MOST) {
      throw new DataException(
          "an encoded sequence must take less than 2 GiB",
          ByteCount.text(size),
          "sequence '%s', %s".formatted(sequence.id(), Count.of(length(), "step")),
          "cut it into several sequences");
    }
    return (int) size;
  }

  /** The bytes that {@link #of} reads. */
  public byte[] toBytes() {
    return sections().all(size());
  }

  /**
   * The same bytes in parts, each made when it is asked for.
   *
   * @param most bytes of a part
   */
  public Iterator<byte[]> parts(int most) {
    return sections().parts(most);
  }

  private RowSections sections() {
    Timeline line = series.line();
    return new RowSections()
        .number(id.length)
        .bytes(id)
        .number(length())
        .numbers(computed == null ? RowNumbers.of(sequence.features()) : computed.features())
        .numbers(sequence.categories())
        .numbers(sequence.statics().features())
        .numbers(sequence.statics().categories())
        .numbers(computed == null ? RowNumbers.of(sequence.targets()) : computed.targets())
        .numbers(sequence.classes())
        .numbers(sequence.weights())
        .numbers(series.values())
        .numbers(series.scale())
        .bytes(Math.toIntExact(line.byteCount()), line::put)
        .bytes(CUTS, to -> put(to, cuts));
  }

  /** Adds the bytes of cuts. */
  public static ByteBuffer put(ByteBuffer to, PartCuts cuts) {
    return to.putInt(cuts.trainingTo())
        .putInt(cuts.validationFrom())
        .putInt(cuts.validationTo())
        .putInt(cuts.testFrom())
        .putInt(cuts.testTo());
  }

  /** The cuts that {@link #put(ByteBuffer, PartCuts)} has added. */
  public static PartCuts cuts(ByteBuffer from) {
    return new PartCuts(from.getInt(), from.getInt(), from.getInt(), from.getInt(), from.getInt());
  }

  /** Whether each step of a row has its target, looked up in its bytes. */
  public static boolean isComplete(byte[] row) {
    ByteBuffer from = ByteBuffer.wrap(row);
    from.position(Integer.BYTES + from.getInt());
    int steps = from.getInt();
    skip(from, Double.BYTES); // features
    skip(from, Integer.BYTES); // categories
    skip(from, Double.BYTES); // numbers of the sequence
    skip(from, Integer.BYTES); // its categories
    int targets = from.getInt();
    for (int step = 0; targets != NONE && step < steps; step++) {
      int bytes = Double.BYTES * (targets / steps);
      if (areMissing(from, from.position() + bytes * step, bytes)) {
        return false;
      }
    }
    from.position(from.position() + Double.BYTES * Math.max(0, targets));
    int classes = from.getInt();
    for (int step = 0; step < classes; step++) {
      if (from.getInt() == Sequence.NO_CLASS) {
        return false;
      }
    }
    for (int weights = from.getInt(); weights > 0; weights--) {
      if (from.getDouble() == 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether all numbers of a row of targets are missing. */
  private static boolean areMissing(ByteBuffer from, int at, int bytes) {
    for (int i = at; i < at + bytes; i += Double.BYTES) {
      if (!Double.isNaN(from.getDouble(i))) {
        return false;
      }
    }
    return true;
  }

  private static void skip(ByteBuffer from, int bytesOfEach) {
    int count = from.getInt();
    from.position(from.position() + bytesOfEach * count);
  }

  /** The sequence that {@link #toBytes} wrote. */
  public static EncodedRow of(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    byte[] id = new byte[from.getInt()];
    from.get(id);
    int steps = from.getInt();
    Sequence inputs =
        Sequence.ofFeatures(new String(id, StandardCharsets.UTF_8), doubles(from), steps)
            .withCategories(ints(from))
            .withStatics(new Statics(doubles(from), ints(from)));
    double[] targets = doubles(from);
    int[] classes = ints(from);
    double[] weights = doubles(from);
    Sequence targeted = targets == null ? inputs.withClasses(classes) : inputs.withTargets(targets);
    Sequence sequence = weights == null ? targeted : targeted.withWeights(weights);
    return new EncodedRow(sequence, series(from), cuts(bytes));
  }

  /** Where the parts of a row's sequence begin, looked up in its bytes. */
  public static PartCuts cuts(byte[] row) {
    return cuts(ByteBuffer.wrap(row, row.length - CUTS, CUTS));
  }

  /** The targets in original units, which stand before the cuts. */
  static TargetSeries series(ByteBuffer from) {
    return series(RowNumbers.of(doubles(from)), from);
  }

  /** As the other, of values that were read. */
  static TargetSeries series(RowNumbers values, ByteBuffer from) {
    double[] scale = doubles(from);
    return new TargetSeries(values, Timeline.get(from), scale);
  }

  private static double[] doubles(ByteBuffer from) {
    int count = from.getInt();
    if (count == NONE) {
      return null;
    }
    double[] values = new double[count];
    from.asDoubleBuffer().get(values);
    from.position(from.position() + count * Double.BYTES);
    return values;
  }

  private static int[] ints(ByteBuffer from) {
    int count = from.getInt();
    if (count == NONE) {
      return null;
    }
    int[] values = new int[count];
    from.asIntBuffer().get(values);
    from.position(from.position() + count * Integer.BYTES);
    return values;
  }
}
