package io.hindsight.datasets.fit;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.encoding.ConstantBounds;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Readings;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.encoding.ScalingStatistics;
import io.hindsight.datasets.encoding.SideEncoding;
import io.hindsight.datasets.fit.TableData.Gathering;
import io.hindsight.datasets.spec.Transform;
import io.hindsight.datasets.split.Selection;
import io.hindsight.datasets.split.SentEncoding;
import io.hindsight.datasets.split.TableEncoder;
import io.hindsight.datasets.time.TableTimes;
import io.hindsight.kernels.batch.Window;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The columns of a table that never changed in the training part, told to people. */
public final class ConstantColumns {
  private static final int LONGEST_LIST = 10;

  private final Encoding.Table encoding;

  public ConstantColumns(Encoding.Table encoding) {
    this.encoding = encoding;
  }

  /** What to tell of the constant columns of a fitted encoding; absent if there are none. */
  public Optional<String> summary() {
    List<String> all = new ArrayList<>();
    encoding.inputScaling().columns().stream()
        .filter(Scaling.Column::isConstant)
        .forEach(column -> all.add("input " + describe(column, encoding.difference())));
    encoding.side().numbers().columns().stream()
        .filter(Scaling.Column::isConstant)
        .forEach(column -> all.add("input " + describe(column, false)));
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
  public Optional<String> changed(List<RawSequence> raw, TableTimes times) {
    return changed(changedIn(raw, times));
  }

  /** The same of columns as {@link #changedIn} tells them. */
  public static Optional<String> changed(List<String> columns) {
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "constant in training, but not here: %s; what changes in it is not read"
                .formatted(list(columns)));
  }

  /** The columns that were constant in training and change in some sequences of other data. */
  public List<String> changedIn(List<RawSequence> raw, TableTimes times) {
    if (!areSome()) {
      return List.of();
    }
    Encoding.Table unscaled = unscaled();
    ScalingStatistics known = ScalingStatistics.toCompare(unscaled.inputScaling());
    raw.forEach(one -> known.add(readings(unscaled, one, times)));
    ConstantBounds bounds = new ConstantBounds(known);
    if (bounds.areOpen()) {
      raw.forEach(one -> bounds.add(readings(unscaled, one, times)));
    }
    return changed(known, bounds);
  }

  /**
   * The same of the table that the encoding was fitted to, whose other parts may change.
   *
   * @param minLength steps that a sequence must have to take part
   */
  List<String> changedIn(TableData data, int minLength) {
    if (!areSome()) {
      return List.of();
    }
    Unscaled unscaled = new Unscaled(new SentEncoding(unscaled()), minLength);
    ScalingStatistics known = data.gather(new OfColumns(unscaled));
    ConstantBounds bounds = new ConstantBounds(known);
    return changed(known, bounds.areOpen() ? data.gather(new OfBounds(unscaled, known)) : bounds);
  }

  private boolean areSome() {
    return encoding.inputScaling().columns().stream().anyMatch(Scaling.Column::isConstant);
  }

  private Encoding.Table unscaled() {
    return encoding
        .withoutFuture()
        .withInputScaling(encoding.inputScaling().unfitted())
        .with(SideEncoding.NONE)
        .with(encoding.filling().unfitted())
        .withoutTimeInputs();
  }

  private static Readings readings(Encoding.Table unscaled, RawSequence raw, TableTimes times) {
    return Readings.inputs(
        unscaled, raw, Window.whole(new TableEncoder(unscaled, times).inputsOnly(raw)));
  }

  private List<String> changed(ScalingStatistics known, ConstantBounds bounds) {
    Scaling scaling = encoding.inputScaling();
    List<String> changed = new ArrayList<>();
    for (int c = 0; c < scaling.size(); c++) {
      Scaling.Column column = scaling.column(c);
      if (column.isConstant()
          && !known.isEmpty(c)
          && Scaling.constant(known, bounds, c)
              .filter(constant -> constant.isNear(column.shift()))
              .isEmpty()) {
        changed.add("input " + describe(column, encoding.difference()));
      }
    }
    return changed;
  }

  /** The inputs of the sequences that take part. */
  private record Unscaled(SentEncoding sent, int minLength) implements Serializable {
    void of(RawSequence raw, TableTimes times, Consumer<Readings> to) {
      if (Selection.unscored(raw, sent.get(), times, minLength).isEmpty()) {
        to.accept(readings(sent.get(), raw, times));
      }
    }
  }

  private record OfColumns(Unscaled inputs) implements Gathering<ScalingStatistics> {
    @Override
    public ScalingStatistics none() {
      return ScalingStatistics.toCompare(inputs.sent.get().inputScaling());
    }

    @Override
    public void add(ScalingStatistics known, RawSequence raw, TableTimes times) {
      inputs.of(raw, times, known::add);
    }
  }

  private record OfBounds(Unscaled inputs, ScalingStatistics columns)
      implements Gathering<ConstantBounds> {
    @Override
    public ConstantBounds none() {
      return new ConstantBounds(columns);
    }

    @Override
    public void add(ConstantBounds known, RawSequence raw, TableTimes times) {
      inputs.of(raw, times, known::add);
    }
  }

  private static String describe(Scaling.Column column, boolean difference) {
    Transform transform = column.ofValue();
    boolean power = !transform.equals(Transform.NONE) && !isLogarithm(transform);
    boolean factor = difference && isLogarithm(transform);
    double change = factor ? StrictMath.exp(column.shift()) : column.shift();
    double value = difference ? change : column.restore(column.shift());
    String rule = difference ? power ? "changes, transformed, by" : "changes by" : "is";
    String of = transform.equals(Transform.LOG1P) ? "one more than it " : "";
    return String.format(
        Locale.ROOT,
        "%s (%s %.6g)",
        column.name(),
        factor ? of + "grows by the factor" : rule,
        value);
  }

  private static boolean isLogarithm(Transform transform) {
    return transform.equals(Transform.LOG) || transform.equals(Transform.LOG1P);
  }

  private static String list(List<String> all) {
    String first = all.stream().limit(LONGEST_LIST).collect(Collectors.joining(", "));
    int more = all.size() - LONGEST_LIST;
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
