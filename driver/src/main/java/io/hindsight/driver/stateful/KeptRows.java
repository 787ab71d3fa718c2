package io.hindsight.driver.stateful;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.columns.RawRows;
import io.hindsight.datasets.columns.RawSide;
import io.hindsight.datasets.columns.RowNumbers;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows of a sequence as they were read, in order of time, of which inputs can be made once more.
 *
 * @param times of the rows // (N)
 * @param inputs NaN where one is missing // (N, C)
 * @param numbers target columns, where the model reads them // (N, O), or (0)
 * @param categories of the rows, null where one is missing // (N, J)
 */
record KeptRows(List<String> times, double[] inputs, double[] numbers, List<String> categories) {
  static final KeptRows NONE = new KeptRows(List.of(), new double[0], new double[0], List.of());

  /** All rows of a sequence that has values. */
  static KeptRows of(RawSequence raw) {
    double[] numbers = raw.numbers() == null ? new double[0] : raw.numbers().toArray();
    return new KeptRows(raw.times(), raw.inputs().toArray(), numbers, raw.side().categories());
  }

  int size() {
    return times.size();
  }

  /** C: numbers of a row; 0 where there is no row. */
  int width() {
    return size() == 0 ? 0 : inputs.length / size();
  }

  /** The rows of [from, to). */
  KeptRows slice(int from, int to) {
    if (from >= to) {
      return NONE;
    }
    int texts = categories.size() / size();
    return new KeptRows(
        times.subList(from, to),
        slice(inputs, from, to),
        slice(numbers, from, to),
        categories.subList(from * texts, to * texts));
  }

  private double[] slice(double[] all, int from, int to) {
    int width = all.length / size();
    return Arrays.copyOfRange(all, from * width, to * width);
  }

  /** These rows, and others behind them. */
  KeptRows then(KeptRows others) {
    return new KeptRows(
        joined(times, others.times),
        joined(inputs, others.inputs),
        joined(numbers, others.numbers),
        joined(categories, others.categories));
  }

  private static List<String> joined(List<String> these, List<String> others) {
    List<String> all = new ArrayList<>(these.size() + others.size());
    all.addAll(these);
    all.addAll(others);
    return all;
  }

  private static double[] joined(double[] these, double[] others) {
    double[] all = Arrays.copyOf(these, these.length + others.length);
    System.arraycopy(others, 0, all, these.length, others.length);
    return all;
  }

  /**
   * The last row, with the newest values there are of some numbers in place of those it lacks.
   *
   * @param columns positions of the inputs in a row
   * @param targets whether of the targets, too
   */
  KeptRows lastCarried(int[] columns, boolean targets) {
    KeptRows last = slice(size() - 1, size());
    carry(inputs, last.inputs, columns);
    if (targets) {
      carry(numbers, last.numbers, IntStream.range(0, last.numbers.length).toArray());
    }
    return last;
  }

  private static void carry(double[] all, double[] last, int[] columns) {
    int width = last.length;
    for (int c : columns) {
      for (int at = all.length - 2 * width + c; at >= 0 && Double.isNaN(last[c]); at -= width) {
        last[c] = all[at];
      }
    }
  }

  /** The rows as a sequence. */
  RawSequence sequence(
      String id, Supplier<String> file, RawSide.Fixed fixed, Optional<RawSide.Change> change) {
    RawRows rows =
        new RawRows(
            times,
            RowNumbers.of(inputs),
            numbers.length == 0 ? null : RowNumbers.of(numbers),
            null,
            size(),
            List.of(),
            new RawSide(categories, fixed, change));
    return new RawSequence(id, file, rows);
  }

  void write(DataOutput out) throws IOException {
    StateTexts.write(out, times);
    write(out, inputs);
    write(out, numbers);
    StateTexts.write(out, categories);
  }

  /** The rows that were written. */
  static KeptRows read(StateReader in) throws IOException {
    KeptRows rows = new KeptRows(in.texts(), in.numbers(), in.numbers(), in.texts());
    in.requireRows(rows.size(), rows.inputs.length, rows.numbers.length, rows.categories.size());
    return rows;
  }

  static void write(DataOutput out, double[] numbers) throws IOException {
    out.writeInt(numbers.length);
    for (double number : numbers) {
      out.writeDouble(number);
    }
  }

  /** The numbers as a list, for what is compared. */
  static List<Double> list(double[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  static double[] array(Stream<Double> numbers) {
    return numbers.mapToDouble(Double::doubleValue).toArray();
  }
}
