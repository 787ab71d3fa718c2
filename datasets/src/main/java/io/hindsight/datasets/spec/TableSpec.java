package io.hindsight.datasets.spec;

import io.hindsight.datasets.TimeWindow;
import io.hindsight.datasets.columns.MissingValues;
import io.hindsight.datasets.columns.SideColumns;
import io.hindsight.datasets.grid.TimeRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows or nested arrays from a Spark SQL source.
 *
 * @param location where the table is
 * @param names which columns are read
 * @param target what is predicted
 * @param scaling how numbers are scaled
 * @param season steps of one season for the seasonal-naive baseline; absent if there is none
 * @param split parts
 * @param minLength steps that a sequence must have to take part; absent leaves out only what gives
 *     no target
 * @param scope which rows are read, and how their times are understood
 * @param missing what is done about cells that hold no value
 */
public record TableSpec(
    TableLocation location,
    ColumnNames names,
    TargetSpec target,
    ScalingSpec scaling,
    Optional<Integer> season,
    Split split,
    Optional<Integer> minLength,
    Scope scope,
    MissingValues missing)
    implements DataSpec {
  /** A table of which every sequence takes part that can, and missing values are refused. */
  public TableSpec(
      TableLocation location,
      ColumnNames names,
      TargetSpec target,
      ScalingSpec scaling,
      Split split) {
    this(
        location,
        names,
        target,
        scaling,
        Optional.empty(),
        split,
        Optional.empty(),
        Scope.ALL,
        MissingValues.REFUSED);
  }

  /** The same table at another place, or read with other options. */
  public TableSpec with(TableLocation other) {
    return with(other, names, scaling, split, scope, missing);
  }

  /** The same table of which other columns are read. */
  public TableSpec with(ColumnNames others) {
    return with(location, others, scaling, split, scope, missing);
  }

  /** The same table scaled otherwise. */
  public TableSpec with(ScalingSpec other) {
    return with(location, names, other, split, scope, missing);
  }

  /** The same table with other parts. */
  public TableSpec with(Split other) {
    return with(location, names, scaling, other, scope, missing);
  }

  /** The same table of which other rows are read. */
  public TableSpec with(Scope other) {
    return with(location, names, scaling, split, other, missing);
  }

  /** The same table with other rules for cells that hold no value. */
  public TableSpec with(MissingValues rules) {
    return with(location, names, scaling, split, scope, rules);
  }

  private TableSpec with(
      TableLocation at,
      ColumnNames columns,
      ScalingSpec scaled,
      Split parts,
      Scope rows,
      MissingValues rules) {
    return new TableSpec(at, columns, target, scaled, season, parts, minLength, rows, rules);
  }

  /** The same table with other columns kept. */
  public TableSpec keeping(List<String> columns) {
    return with(names.keeping(columns));
  }

  /** The same table with other options of its source. */
  public TableSpec withOptions(Map<String, String> others) {
    return with(location.with(others));
  }

  /** The same table, read in a window of time alone. */
  public TableSpec within(TimeWindow window) {
    return with(scope.within(Optional.of(window)));
  }

  /** The same table, of which all rows are read. */
  public TableSpec withoutWindow() {
    return with(scope.within(Optional.empty()));
  }

  /** The same table without what only a retraining reads. */
  public TableSpec withoutRetrainWindow() {
    return with(scope.within(scope.window()));
  }

  /** The same table, of whose times other things are made. */
  public TableSpec with(TimeRules rules) {
    return with(scope.with(rules));
  }

  /** The same table with other columns beside its inputs. */
  public TableSpec with(SideColumns columns) {
    return with(names.with(columns));
  }

  /** The same table scaled by something else. */
  public TableSpec with(ScaleBy other) {
    return with(scaling.with(other));
  }

  /** The window that rows must lie in to be read; absent if all are read. */
  public Optional<TimeWindow> window() {
    return scope.window();
  }

  /** What is made of the times of its rows. */
  public TimeRules timeRules() {
    return scope.rules();
  }

  /** The columns that are read to train on. */
  public ReadColumns columns() {
    ReadColumns all =
        new ReadColumns(
            names.inputs(), names.side(), names.targets(), target.kind(), missing.inputs());
    return all.with(missing.inputs().only(all.numbers()));
  }
}
