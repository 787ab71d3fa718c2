package io.hindsight.datasets.encoding;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.grid.GridTimes;
import io.hindsight.kernels.batch.Sequence;
import java.util.Optional;
import java.util.stream.IntStream;

/** C numeric columns of one sequence: as they were read, and as a scaling is fitted to them. */
public final class Readings {
  private final String id;
  private final double[] levels; // (N, C)
  private final int rows;
  private final double[] values; // (n, C)
  private final boolean differences;

  /**
   * Columns of one sequence; no array is copied.
   *
   * @param levels the numbers as they were read // (N, C)
   * @param rows how many of the first rows of {@code levels} the values come from
   * @param values the levels, or their logarithms, or differences of either // (n, C)
   * @param differences whether they are differences
   */
  Readings(String id, double[] levels, int rows, double[] values, boolean differences) {
    this.id = id;
    this.levels = levels;
    this.rows = rows;
    this.values = values;
    this.differences = differences;
  }

  /**
   * The inputs of a sequence as a scaling is fitted to them.
   *
   * @param encoding with its input columns not scaled yet
   * @param encoded the sequence, or its first steps, in this encoding
   */
  public static Readings inputs(Encoding.Table encoding, RawSequence raw, Sequence encoded) {
    int rows = Math.min(raw.length(), encoded.length() + encoding.offset());
    return new Readings(
        raw.id(), raw.inputs(), rows, read(encoding, raw, encoded), encoding.difference());
  }

  /** The inputs of the steps whose rows the table has // (n, I). */
  private static double[] read(Encoding.Table encoding, RawSequence raw, Sequence encoded) {
    Optional<GridTimes> grid = raw.grid().filter(of -> of.inserted() > 0);
    if (grid.isEmpty()) {
      return encoded.features();
    }
    int width = encoded.width();
    return IntStream.range(0, encoded.length())
        .filter(t -> !grid.get().isInserted(t + encoding.offset()))
        .flatMap(t -> IntStream.range(t * width, (t + 1) * width))
        .mapToDouble(i -> encoded.features()[i])
        .toArray();
  }

  /** The numeric targets of the steps that have one, as {@link #inputs}. */
  public static Readings targets(Encoding.Table encoding, RawSequence raw, Sequence encoded) {
    int ahead = encoding.offset() + encoding.horizon().first();
    int rows = Math.min(raw.length(), encoded.length() + ahead);
    int columns = encoding.targetScaling().orElseThrow().size();
    int read = encoding.answersChanges() ? encoded.targetWidth() : columns;
    return new Readings(
        raw.id(), raw.numbers(), rows, known(encoded, read), encoding.answersChanges());
  }

  /** The numbers of a whole sequence, as {@link #inputs}; it counts once, however long it is. */
  public static Readings statics(RawSequence raw, Sequence encoded) {
    double[] levels =
        raw.side().fixed().numbers().stream().mapToDouble(Double::doubleValue).toArray();
    return new Readings(raw.id(), levels, 1, encoded.statics().features(), false);
  }

  /**
   * The targets of the scored steps, of which each is a row for each of its horizons // (n, O).
   *
   * @param read how many of a step: those of the nearest horizon, for a level is that of several
   *     steps, or all, for no two changes are the same
   */
  private static double[] known(Sequence sequence, int read) {
    int width = sequence.targetWidth();
    return IntStream.range(0, sequence.length())
        .filter(sequence::isScored)
        .flatMap(t -> IntStream.range(t * width, t * width + read))
        .mapToDouble(i -> sequence.targets()[i])
        .toArray();
  }

  /** The sequence. */
  String id() {
    return id;
  }

  /** The numbers as they were read // (N, C), of which the first {@link #rows} count. */
  double[] levels() {
    return levels;
  }

  /** Rows of the levels that the values come from. */
  int rows() {
    return rows;
  }

  /** What a scaling is fitted to // (n, C). */
  public double[] values() {
    return values;
  }

  /** Whether values are differences of two levels. */
  boolean differences() {
    return differences;
  }
}
