package io.hindsight.datasets;

import io.hindsight.datasets.columns.MissingValues;
import io.hindsight.datasets.spec.ColumnNames;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.ScalingSpec;
import io.hindsight.datasets.spec.Scope;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableLocation;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.spec.TargetSpec;
import io.hindsight.datasets.spec.Unknown;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Descriptions of tables for tests, changed one part at a time. */
public final class Tables {
  /** No validation and no test part. */
  public static final Split ALL = new Split(Split.By.TIME, 0, 0);

  /** The scales of a whole table. */
  public static final List<Scale> SCALES =
      Arrays.stream(Scale.values())
          .filter(scale -> scale != Scale.MEAN && scale != Scale.COUNT)
          .toList();

  private Tables() {}

  /** A CSV file with a header, columns id, t and x; the next x is the target, nothing is scaled. */
  public static TableSpec csv(String path) {
    return new TableSpec(
        new TableLocation("csv", Optional.of(path), Map.of("header", "true")),
        new ColumnNames(List.of("id"), List.of("t"), List.of("x"), List.of("x")),
        new TargetSpec(TargetKind.VALUE, 1),
        new ScalingSpec(Scale.NONE, false),
        ALL);
  }

  /** JSON lines with columns id, x (an array) and y; y is the target of the same step. */
  public static TableSpec json(String path) {
    return new TableSpec(
        new TableLocation("json", Optional.of(path), Map.of()),
        new ColumnNames(List.of("id"), List.of(), List.of("x"), List.of("y")),
        new TargetSpec(TargetKind.VALUE, 0),
        new ScalingSpec(Scale.NONE, false),
        new Split(Split.By.ID, 0, 0));
  }

  /** The bundled CO2 record, one month ahead; the last 48 months are the test part. */
  public static TableSpec co2(Scale scale, boolean difference, double validation) {
    return new TableSpec(
        new TableLocation("csv", Optional.of("data/co2.csv"), Map.of("header", "true")),
        new ColumnNames(List.of("station"), List.of("month"), List.of("ppm"), List.of("ppm")),
        new TargetSpec(TargetKind.VALUE, 1),
        new ScalingSpec(scale, difference),
        Optional.of(12),
        new Split(Split.By.TIME, validation, 48),
        Optional.empty(),
        Scope.ALL,
        MissingValues.REFUSED);
  }

  public static TableSpec withColumns(
      TableSpec table, List<String> inputs, List<String> targets, TargetKind kind) {
    return copy(
        table,
        table.names().sequence(),
        table.names().time(),
        inputs,
        targets,
        kind,
        table.target().horizon(),
        table.split());
  }

  public static TableSpec withHorizon(TableSpec table, int horizon) {
    return withHorizon(table, Horizon.of(horizon));
  }

  public static TableSpec withHorizon(TableSpec table, Horizon horizon) {
    return copy(
        table,
        table.names().sequence(),
        table.names().time(),
        table.names().inputs(),
        table.names().targets(),
        table.target().kind(),
        horizon,
        table.split());
  }

  public static TableSpec withKeys(TableSpec table, List<String> sequence, List<String> time) {
    return copy(
        table,
        sequence,
        time,
        table.names().inputs(),
        table.names().targets(),
        table.target().kind(),
        table.target().horizon(),
        table.split());
  }

  public static TableSpec withSplit(TableSpec table, Split split) {
    return copy(
        table,
        table.names().sequence(),
        table.names().time(),
        table.names().inputs(),
        table.names().targets(),
        table.target().kind(),
        table.target().horizon(),
        split);
  }

  public static TableSpec withScale(TableSpec table, Scale scale, boolean difference) {
    return table.with(new ScalingSpec(scale, difference));
  }

  public static TableSpec withMinLength(TableSpec table, int minLength) {
    return new TableSpec(
        table.location(),
        table.names(),
        table.target(),
        table.scaling(),
        table.season(),
        table.split(),
        Optional.of(minLength),
        table.scope(),
        table.missing());
  }

  public static TableSpec withUnknown(TableSpec table, Unknown unknown) {
    return new TableSpec(
        table.location(),
        table.names(),
        new TargetSpec(table.target().kind(), table.target().horizon(), unknown),
        table.scaling(),
        table.season(),
        table.split(),
        table.minLength(),
        table.scope(),
        table.missing());
  }

  public static TableSpec withSource(
      TableSpec table, String format, Optional<String> path, Map<String, String> options) {
    char decimal = table.location().decimal();
    return table.with(new TableLocation(format, path, options, decimal));
  }

  public static TableSpec withZone(TableSpec table, ZoneId zone) {
    return table.with(new Scope(zone, Optional.empty(), Optional.empty()));
  }

  private static TableSpec copy(
      TableSpec table,
      List<String> sequence,
      List<String> time,
      List<String> inputs,
      List<String> targets,
      TargetKind kind,
      Horizon horizon,
      Split split) {
    return new TableSpec(
        table.location(),
        new ColumnNames(sequence, time, inputs, targets),
        new TargetSpec(kind, horizon),
        table.scaling(),
        table.season(),
        split,
        Optional.empty(),
        Scope.ALL,
        MissingValues.REFUSED);
  }
}
