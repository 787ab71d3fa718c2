package io.hindsight.datasets.source;

import io.hindsight.datasets.DataSpec;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.encoding.ConstantValue;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Readings;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.time.TableTimes;
import io.hindsight.kernels.batch.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The columns of a table that never changed in the training part, told to people. */
final class ConstantColumns {
  private static final int LONGEST_LIST = 10;

  private final Encoding.Table encoding;

  ConstantColumns(Encoding.Table encoding) {
    this.encoding = encoding;
  }

  /** What to tell of the constant columns of a fitted encoding; absent if there are none. */
  Optional<String> summary() {
    List<String> all = new ArrayList<>();
    encoding.inputScaling().columns().stream()
        .filter(Scaling.Column::isConstant)
        .forEach(column -> all.add("input " + describe(column, encoding.difference())));
    encoding
        .targetScaling()
        .ifPresent(
            scaling ->
                scaling.columns().stream()
                    .filter(Scaling.Column::isConstant)
                    .forEach(c -> all.add("target " + describe(c, encoding.answersChanges()))));
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "constant in the training part: %s; such an input is always read as 0, such a target always answered so"
                .formatted(list(all)));
  }

  /**
   * What to tell of columns that were constant in training and change in other data; absent if
   * there are none.
   *
   * @param times when the rows of the other data are
   */
  Optional<String> changed(List<RawSequence> raw, TableTimes times) {
    return changed(changedIn(raw, times));
  }

  /** The same of columns as {@link #changedIn} tells them. */
  static Optional<String> changed(List<String> columns) {
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "constant in training, but not here: %s; what changes in it is not read"
                .formatted(list(columns)));
  }

  /** The columns that were constant in training and change in some sequences of other data. */
  List<String> changedIn(List<RawSequence> raw, TableTimes times) {
    Scaling scaling = encoding.inputScaling();
    if (scaling.columns().stream().noneMatch(Scaling.Column::isConstant)) {
      return List.of();
    }
    Encoding.Table unscaled = encoding.withInputScaling(scaling.unfitted());
    List<Sequence> sequences = new TableEncoder(unscaled, times).inputsOnly(raw);
    List<Readings> series = Readings.inputs(unscaled, raw, sequences);
    List<String> changed = new ArrayList<>();
    for (int c = 0; c < scaling.size(); c++) {
      Scaling.Column column = scaling.column(c);
      if (column.isConstant()
          && ConstantValue.of(column, series, c, scaling.size())
              .filter(constant -> constant.isNear(column.shift()))
              .isEmpty()) {
        changed.add("input " + describe(column, encoding.difference()));
      }
    }
    return changed;
  }

  private static String describe(Scaling.Column column, boolean difference) {
    double value = column.restore(column.shift());
    String rule = difference ? "changes by" : "is";
    String logarithmic = difference ? "grows by the factor" : rule;
    return String.format(
        Locale.ROOT,
        "%s (%s %.6g)",
        column.name(),
        column.scale() == DataSpec.Scale.LOG ? logarithmic : rule,
        value);
  }

  private static String list(List<String> all) {
    String first = all.stream().limit(LONGEST_LIST).collect(Collectors.joining(", "));
    int more = all.size() - LONGEST_LIST;
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
