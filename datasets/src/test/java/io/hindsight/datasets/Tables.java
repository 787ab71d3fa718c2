package io.hindsight.datasets;

import io.hindsight.datasets.DataSpec.Scale;
import io.hindsight.datasets.DataSpec.Split;
import io.hindsight.datasets.DataSpec.TargetKind;
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
  public static DataSpec.Table csv(String path) {
    return new DataSpec.Table(
        "csv",
        Optional.of(path),
        Map.of("header", "true"),
        '.',
        List.of("id"),
        List.of("t"),
        List.of("x"),
        List.of("x"),
        TargetKind.VALUE,
        1,
        Scale.NONE,
        false,
        Optional.empty(),
        ALL);
  }

  /** JSON lines with columns id, x (an array) and y; y is the target of the same step. */
  public static DataSpec.Table json(String path) {
    return new DataSpec.Table(
        "json",
        Optional.of(path),
        Map.of(),
        '.',
        List.of("id"),
        List.of(),
        List.of("x"),
        List.of("y"),
        TargetKind.VALUE,
        0,
        Scale.NONE,
        false,
        Optional.empty(),
        new Split(Split.By.ID, 0, 0));
  }

  /** The bundled CO2 record, one month ahead; the last 48 months are the test part. */
  public static DataSpec.Table co2(Scale scale, boolean difference, double validation) {
    return new DataSpec.Table(
        "csv",
        Optional.of("data/co2.csv"),
        Map.of("header", "true"),
        '.',
        List.of("station"),
        List.of("month"),
        List.of("ppm"),
        List.of("ppm"),
        TargetKind.VALUE,
        1,
        scale,
        difference,
        Optional.of(12),
        new Split(Split.By.TIME, validation, 48));
  }

  public static DataSpec.Table withColumns(
      DataSpec.Table table, List<String> inputs, List<String> targets, TargetKind kind) {
    return copy(
        table,
        table.sequence(),
        table.time(),
        inputs,
        targets,
        kind,
        table.horizon(),
        table.split());
  }

  public static DataSpec.Table withHorizon(DataSpec.Table table, int horizon) {
    return copy(
        table,
        table.sequence(),
        table.time(),
        table.inputs(),
        table.targets(),
        table.targetKind(),
        horizon,
        table.split());
  }

  public static DataSpec.Table withKeys(
      DataSpec.Table table, List<String> sequence, List<String> time) {
    return copy(
        table,
        sequence,
        time,
        table.inputs(),
        table.targets(),
        table.targetKind(),
        table.horizon(),
        table.split());
  }

  public static DataSpec.Table withSplit(DataSpec.Table table, Split split) {
    return copy(
        table,
        table.sequence(),
        table.time(),
        table.inputs(),
        table.targets(),
        table.targetKind(),
        table.horizon(),
        split);
  }

  public static DataSpec.Table withScale(DataSpec.Table table, Scale scale, boolean difference) {
    return new DataSpec.Table(
        table.format(),
        table.path(),
        table.options(),
        table.decimal(),
        table.sequence(),
        table.time(),
        table.inputs(),
        table.targets(),
        table.targetKind(),
        table.horizon(),
        scale,
        difference,
        table.season(),
        table.split());
  }

  public static DataSpec.Table withMinLength(DataSpec.Table table, int minLength) {
    return new DataSpec.Table(
        table.format(),
        table.path(),
        table.options(),
        table.decimal(),
        table.sequence(),
        table.time(),
        table.inputs(),
        table.targets(),
        table.targetKind(),
        table.horizon(),
        table.scale(),
        table.difference(),
        table.season(),
        table.split(),
        Optional.of(minLength),
        table.unknown(),
        table.kept(),
        table.scope(),
        table.side(),
        table.missing(),
        table.scaleBy());
  }

  public static DataSpec.Table withUnknown(DataSpec.Table table, DataSpec.Unknown unknown) {
    return new DataSpec.Table(
        table.format(),
        table.path(),
        table.options(),
        table.decimal(),
        table.sequence(),
        table.time(),
        table.inputs(),
        table.targets(),
        table.targetKind(),
        table.horizon(),
        table.scale(),
        table.difference(),
        table.season(),
        table.split(),
        table.minLength(),
        unknown,
        table.kept(),
        table.scope(),
        table.side(),
        table.missing(),
        table.scaleBy());
  }

  public static DataSpec.Table withSource(
      DataSpec.Table table, String format, Optional<String> path, Map<String, String> options) {
    return new DataSpec.Table(
        format,
        path,
        options,
        table.decimal(),
        table.sequence(),
        table.time(),
        table.inputs(),
        table.targets(),
        table.targetKind(),
        table.horizon(),
        table.scale(),
        table.difference(),
        table.season(),
        table.split());
  }

  public static DataSpec.Table withZone(DataSpec.Table table, ZoneId zone) {
    return new DataSpec.Table(
        table.format(),
        table.path(),
        table.options(),
        table.decimal(),
        table.sequence(),
        table.time(),
        table.inputs(),
        table.targets(),
        table.targetKind(),
        table.horizon(),
        table.scale(),
        table.difference(),
        table.season(),
        table.split(),
        table.minLength(),
        table.unknown(),
        table.kept(),
        new DataSpec.Scope(zone, Optional.empty(), Optional.empty()),
        table.side(),
        table.missing(),
        table.scaleBy());
  }

  private static DataSpec.Table copy(
      DataSpec.Table table,
      List<String> sequence,
      List<String> time,
      List<String> inputs,
      List<String> targets,
      TargetKind kind,
      int horizon,
      Split split) {
    return new DataSpec.Table(
        table.format(),
        table.path(),
        table.options(),
        table.decimal(),
        sequence,
        time,
        inputs,
        targets,
        kind,
        horizon,
        table.scale(),
        table.difference(),
        table.season(),
        split);
  }
}
