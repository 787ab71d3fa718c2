package io.hindsight.datasets;

import io.hindsight.datasets.columns.RawRows;
import io.hindsight.datasets.columns.RowNumbers;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows behind the last step of a sequence: the columns that are known ahead have values there,
 * all others none.
 */
public final class FutureRows {
  /** No row. */
  public static final FutureRows NONE = new FutureRows(List.of(), RowNumbers.NONE);

  private final List<String> times; // (A)
  private final RowNumbers numbers; // (A, C), NaN where there is no value

  private FutureRows(List<String> times, RowNumbers numbers) {
    this.times = times;
    this.numbers = numbers;
  }

  /**
   * A sequence whose last rows are steps no more.
   *
   * @param raw with a row per step
   * @param rows how many of the last rows are of the future
   */
  public static RawSequence cut(RawSequence raw, int rows) {
    if (rows == 0) {
      return raw;
    }
    int length = raw.length() - rows;
    RawRows steps =
        new RawRows(
            first(raw.times(), length),
            first(raw.inputs(), length, raw.length()),
            first(raw.numbers(), length, raw.length()),
            raw.labels() == null || length == 0 ? null : first(raw.labels(), length),
            length,
            first(raw.kept(), length),
            raw.side().first(length, raw.length()));
    int width = raw.inputs().length() / raw.length();
    RowNumbers numbers =
        RowNumbers.of(rows * width, i -> raw.inputs().get(length * width + i)).held();
    FutureRows ahead =
        new FutureRows(List.copyOf(raw.times().subList(length, raw.length())), numbers);
    return raw.withRows(steps).withAhead(ahead);
  }

  /** Null of no rows: such a sequence has no values. */
  private static RowNumbers first(RowNumbers values, int rows, int all) {
    return values == null || rows == 0 ? null : values.first(values.length() / all * rows);
  }

  /** A table that is to be refused may have fewer. */
  private static List<String> first(List<String> texts, int rows) {
    return texts.subList(0, Math.min(rows, texts.size()));
  }

  /** A. */
  public int size() {
    return times.size();
  }

  /** The time of each row as text. */
  public List<String> times() {
    return times;
  }

  /** The times of the rows behind those of the steps. */
  public List<String> timesAfter(List<String> steps) {
    List<String> all = new ArrayList<>(steps);
    all.addAll(times);
    return all;
  }

  /** The numbers of the rows behind those of the steps // (N + A, C). */
  public RowNumbers numbersAfter(RowNumbers steps) {
    int count = steps.length();
    return size() == 0
        ? steps
        : RowNumbers.of(
            count + numbers.length(), i -> i < count ? steps.get(i) : numbers.get(i - count));
  }
}
