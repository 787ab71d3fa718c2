package io.hindsight.datasets.encoding;

import io.hindsight.datasets.RawSequence;
import io.hindsight.kernels.batch.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** C numeric columns of one sequence: as they were read, and as a scaling is fitted to them. */
public final class Readings {
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
  Readings(double[] levels, int rows, double[] values, boolean differences) {
    this.levels = levels;
    this.rows = rows;
    this.values = values;
    this.differences = differences;
  }

  /**
   * The inputs of sequences as a scaling is fitted to them.
   *
   * @param encoding with its input columns not scaled yet
   * @param encoded sequences, or their first steps, in this encoding
   */
  public static List<Readings> inputs(
      Encoding.Table encoding, List<RawSequence> raw, List<Sequence> encoded) {
    Map<String, RawSequence> byId = byId(raw);
    List<Readings> inputs = new ArrayList<>();
    for (Sequence sequence : encoded) {
      RawSequence read = byId.get(sequence.id());
      int rows = Math.min(read.length(), sequence.length() + encoding.offset());
      inputs.add(new Readings(read.inputs(), rows, sequence.features(), encoding.difference()));
    }
    return inputs;
  }

  /** The numeric targets of the steps that have one, as {@link #inputs}. */
  public static List<Readings> targets(
      Encoding.Table encoding, List<RawSequence> raw, List<Sequence> encoded) {
    Map<String, RawSequence> byId = byId(raw);
    int ahead = encoding.offset() + encoding.horizon();
    List<Readings> targets = new ArrayList<>();
    for (Sequence sequence : encoded) {
      RawSequence read = byId.get(sequence.id());
      int rows = Math.min(read.length(), sequence.length() + ahead);
      targets.add(new Readings(read.numbers(), rows, known(sequence), encoding.answersChanges()));
    }
    return targets;
  }

  /** The targets of the scored steps // (n, O). */
  private static double[] known(Sequence sequence) {
    int width = sequence.targetWidth();
    return IntStream.range(0, sequence.length())
        .filter(sequence::isScored)
        .flatMap(t -> IntStream.range(t * width, (t + 1) * width))
        .mapToDouble(i -> sequence.targets()[i])
        .toArray();
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
  double[] values() {
    return values;
  }

  /** Whether values are differences of two levels. */
  boolean differences() {
    return differences;
  }

  private static Map<String, RawSequence> byId(List<RawSequence> raw) {
    Map<String, RawSequence> byId = new HashMap<>();
    raw.forEach(sequence -> byId.put(sequence.id(), sequence));
    return byId;
  }
}
