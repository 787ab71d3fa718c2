package io.hindsight.datasets.scale;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.spec.TargetKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The encoding of one sequence whose numbers are scaled by its own first rows. */
public final class OwnScale {
  private static final ColumnScale EXACT = new ColumnScale(Averages::exact);

  private OwnScale() {}

  /**
   * The encoding of a sequence.
   *
   * @param rows the first of the sequence, which its scale and means are taken from
   */
  public static Encoding.Table of(Encoding.Table encoding, RawSequence raw, int rows) {
    double[] inputs = encoding.inputScaling().transform(raw, raw.inputs()).toArray();
    boolean scalesTargets = encoding.targetKind() == TargetKind.VALUE && raw.numbers() != null;
    return encoding.with(
        fit(
            encoding.inputScaling(),
            inputs,
            there(raw, rows, encoding.difference()),
            encoding.difference()),
        scalesTargets
            ? encoding
                .targetScaling()
                .map(
                    s ->
                        fit(
                            s,
                            s.transform(raw, raw.numbers()).toArray(),
                            there(raw, rows, encoding.answersChanges()),
                            encoding.answersChanges()))
            : encoding.targetScaling(),
        encoding
            .filling()
            .withMeans(c -> mean(column(inputs, c, encoding, there(raw, rows, false)))));
  }

  private static Optional<Double> mean(double[] present) {
    return present.length == 0 ? Optional.empty() : Optional.of(Averages.exact(present).mean());
  }

  /** Those of the first rows that the table has; with differences without the very first. */
  private static int[] there(RawSequence raw, int rows, boolean difference) {
    return IntStream.range(difference ? 1 : 0, rows).filter(raw::has).toArray();
  }

  private static double[] column(double[] inputs, int c, Encoding.Table encoding, int[] rows) {
    return column(inputs, c, encoding.inputScaling().size(), rows, false);
  }

  private static Scaling fit(Scaling unfitted, double[] values, int[] rows, boolean difference) {
    int width = unfitted.size();
    return new Scaling(
        IntStream.range(0, width)
            .mapToObj(
                c -> EXACT.fit(unfitted.column(c), column(values, c, width, rows, difference)))
            .toList());
  }

  /** The values of a column that are there, or its changes. */
  private static double[] column(
      double[] values, int c, int width, int[] rows, boolean difference) {
    return Arrays.stream(rows)
        .mapToDouble(
            row -> {
              double before = difference ? values[(row - 1) * width + c] : 0;
              return values[row * width + c] - before;
            })
        .filter(value -> !Double.isNaN(value))
        .toArray();
  }

  /** The scale of the targets: shifts, then divisors // (2, O); null where there is none. */
  static double[] ofTargets(Encoding.Table own) {
    if (own.targetKind() != TargetKind.VALUE) {
      return null;
    }
    List<Scaling.Column> columns = own.targetScaling().orElseThrow().columns();
    return IntStream.range(0, 2 * columns.size())
        .mapToDouble(
            i -> {
              Scaling.Column column = columns.get(i % columns.size());
              return i < columns.size() ? column.shift() : column.divisor();
            })
        .toArray();
  }
}
