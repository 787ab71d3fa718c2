package io.hindsight.datasets.split;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.quantile.QuartileSearch;
import io.hindsight.datasets.quantile.Quartiles;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.sums.Moments;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The encoding of one sequence whose numbers are scaled by its own first rows. A column that does
 * not change in them is divided by its level, or by 1 where that is 0, so that nothing is divided
 * by 0.
 */
final class OwnScale {
  /** A spread that is smaller, as a share of the largest number, is rounding. */
  private static final double ROUNDING = 0x1p-40;

  private static final double NORMAL = 1.349; // interquartile range, in standard deviations

  private OwnScale() {}

  /**
   * The encoding of a sequence.
   *
   * @param rows the first of the sequence, which its scale and means are taken from
   */
  static Encoding.Table of(Encoding.Table encoding, RawSequence raw, int rows) {
    double[] inputs = encoding.inputScaling().transform(raw, raw.inputs());
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
                            s.transform(raw, raw.numbers()),
                            there(raw, rows, encoding.answersChanges()),
                            encoding.answersChanges()))
            : encoding.targetScaling(),
        encoding
            .filling()
            .withMeans(c -> mean(column(inputs, c, encoding, there(raw, rows, false)))));
  }

  private static Optional<Double> mean(double[] present) {
    return present.length == 0 ? Optional.empty() : Optional.of(moments(present).mean());
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
            .mapToObj(c -> fit(unfitted.column(c), column(values, c, width, rows, difference)))
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

  private static Scaling.Column fit(Scaling.Column column, double[] present) {
    if (present.length == 0) {
      return column.with(0, 1);
    }
    Moments moments = moments(present);
    double low = Arrays.stream(present).min().orElseThrow();
    double high = Arrays.stream(present).max().orElseThrow();
    double level = Math.max(Math.abs(low), Math.abs(high));
    return switch (column.scale()) {
      case MINMAX -> column.with(low, orLevel(high - low, level));
      case ROBUST -> robust(column, present, orLevel(moments.deviation(), level));
      case MEAN ->
          column.with(0, 1 + moments(Arrays.stream(present).map(Math::abs).toArray()).mean());
      default -> column.with(moments.mean(), orLevel(moments.deviation(), level));
    };
  }

  private static Scaling.Column robust(Scaling.Column column, double[] present, double otherwise) {
    QuartileSearch search = QuartileSearch.of(List.of(true));
    while (!search.isDone()) {
      QuartileSearch.Counts counts = search.counts();
      counts.add(present);
      search = search.next(counts);
    }
    Quartiles found = search.of(0).orElseThrow();
    double spread = (found.upper() - found.lower()) / NORMAL;
    return column.with(
        found.median(), spread > ROUNDING * Math.abs(found.median()) ? spread : otherwise);
  }

  private static double orLevel(double spread, double level) {
    return spread > ROUNDING * level ? spread : level > 0 ? level : 1;
  }

  private static Moments moments(double[] values) {
    Moments moments = new Moments();
    Arrays.stream(values).forEach(moments::add);
    return moments;
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
