package io.hindsight.datasets.encoding;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.grid.GridTimes;
import io.hindsight.kernels.batch.Window;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** C numeric columns of one sequence: as they were read, and as a scaling is fitted to them. */
public final class Readings {
  private final String id;
  private final RowNumbers levels; // (N, C)
  private final int rows;
  private final double[] values; // (n, C), and what does not count
  private final int count; // n · C
  private final boolean differences;

  /**
   * Columns of one sequence; no array is copied.
   *
   * @param levels the numbers as they were read // (N, C)
   * @param rows how many of the first rows of {@code levels} the values come from
   * @param values the levels, or their logarithms, or differences of either // (n, C)
   * @param differences whether they are differences
   */
  Readings(
      String id, RowNumbers levels, int rows, double[] values, int count, boolean differences) {
    this.count = count;
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
  public static Readings inputs(Encoding.Table encoding, RawSequence raw, Window encoded) {
    int rows = Math.min(raw.length(), encoded.steps() + encoding.offset());
    Optional<GridTimes> grid = raw.grid().filter(of -> of.inserted() > 0);
    double[] features = encoded.sequence().features();
    int width = encoded.sequence().width();
    int count = encoded.steps() * width;
    if (grid.isPresent()) {
      features =
          read(
              features,
              width,
              encoded.steps(),
              t -> !grid.get().isInserted(t + encoding.offset()),
              width);
      count = features.length;
    }
    return new Readings(raw.id(), raw.inputs(), rows, features, count, encoding.difference());
  }

  /** The first numbers of the steps that count // (n, read). */
  private static double[] read(
      double[] values, int width, int steps, IntPredicate counts, int read) {
    double[] some = new double[read * (int) IntStream.range(0, steps).filter(counts).count()];
    int at = 0;
    for (int t = 0; t < steps; t++) {
      if (counts.test(t)) {
        System.arraycopy(values, t * width, some, at, read);
        at += read;
      }
    }
    return some;
  }

  /**
   * The numeric targets of the steps that have one, as {@link #inputs}: each is a row for each of
   * its horizons. Of a level only the nearest are read, for it is that of several steps; of changes
   * all, for no two are the same.
   */
  public static Readings targets(Encoding.Table encoding, RawSequence raw, Window encoded) {
    int ahead = encoding.offset() + encoding.horizon().first();
    int rows = Math.min(raw.length(), encoded.steps() + ahead);
    int width = encoded.sequence().targetWidth();
    int columns = encoding.targetScaling().orElseThrow().size();
    int read = encoding.answersChanges() ? width : columns;
    double[] targets = encoded.sequence().targets();
    int count = encoded.steps() * width;
    if (read < width || !IntStream.range(0, encoded.steps()).allMatch(encoded::isScored)) {
      targets = read(targets, width, encoded.steps(), encoded::isScored, read);
      count = targets.length;
    }
    return new Readings(raw.id(), raw.numbers(), rows, targets, count, encoding.answersChanges());
  }

  /** The numbers of a whole sequence, as {@link #inputs}; it counts once, however long it is. */
  public static Readings statics(RawSequence raw, Window encoded) {
    double[] levels =
        raw.side().fixed().numbers().stream().mapToDouble(Double::doubleValue).toArray();
    double[] values = encoded.sequence().statics().features();
    return new Readings(raw.id(), RowNumbers.of(levels), 1, values, values.length, false);
  }

  /** The sequence. */
  String id() {
    return id;
  }

  /** The numbers as they were read // (N, C), of which the first {@link #rows} count. */
  RowNumbers levels() {
    return levels;
  }

  /** Rows of the levels that the values come from. */
  int rows() {
    return rows;
  }

  /** What a scaling is fitted to // (n, C), and what does not count. */
  public double[] values() {
    return values;
  }

  /** How many of the values count, the first of them. */
  public int count() {
    return count;
  }

  /** Whether values are differences of two levels. */
  boolean differences() {
    return differences;
  }
}
