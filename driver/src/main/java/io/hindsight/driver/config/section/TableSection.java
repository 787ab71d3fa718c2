package io.hindsight.driver.config.section;

import io.hindsight.datasets.columns.SideColumns;
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
import io.hindsight.driver.config.OutputKind;
import io.hindsight.driver.config.categories.FutureKeys;
import io.hindsight.driver.config.categories.SideKeys;
import io.hindsight.driver.config.horizon.HorizonKeys;
import io.hindsight.driver.config.missing.MissingKeys;
import io.hindsight.driver.config.missing.ScaleKeys;
import io.hindsight.driver.config.missing.TransformKey;
import io.hindsight.driver.config.order.OrderKey;
import io.hindsight.driver.config.parts.SplitSection;
import io.hindsight.driver.config.parts.WindowSection;
import io.hindsight.driver.config.times.TimeKeys;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.driver.config.yaml.Suggestions;
import io.hindsight.driver.config.yaml.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The {@code data} section of a table. */
final class TableSection {
  private static final List<String> FILES = List.of("csv", "json", "parquet", "orc", "avro");
  private static final List<String> FORMATS =
      List.of("csv", "json", "parquet", "orc", "avro", "table", "jdbc", "text", "generator");

  private final Section data;
  private final TargetKind kind;

  private TableSection(Section data, TargetKind kind) {
    this.data = data;
    this.kind = kind;
  }

  /**
   * Reads the section.
   *
   * @param format its format, empty if that could not be read
   * @param output the kind of output that the model states
   */
  static TableSpec read(Section data, String format, Optional<OutputKind> output) {
    TargetKind usual = output.map(OutputKind::targets).orElse(TargetKind.VALUE);
    TargetKind kind = data.choice("target-kind", TargetKind.class).orElse(usual);
    return new TableSection(data, kind).table(format);
  }

  private TableSpec table(String format) {
    refuseMisspelt(format);
    Optional<String> path = path(format);
    Map<String, String> options = data.options("options");
    options.forEach((name, value) -> Secrets.refuseOptions(data, "options", name, value));
    char decimal = decimal();
    List<String> sequence = data.textOrTexts("sequence");
    List<String> time = time(sequence);
    List<String> inputs = FutureKeys.inputs(data);
    SideColumns beside = SideKeys.read(data, inputs);
    List<String> targets = targets();
    Horizon ahead = HorizonKeys.read(data, kind);
    List<String> future = FutureKeys.read(data, inputs, targets, ahead, !time.isEmpty());
    SideColumns side = beside.withFuture(future);
    int horizon = ahead.steps();
    if (kind == TargetKind.LABEL_STRING && side.weights().ofRows()) {
      String message = "a label string is one target of a whole sequence, and not of its rows";
      data.problem("weight", message, "delete the line");
    }
    Scale scale = scale().orElse(Scale.STANDARDIZE);
    boolean difference = difference(horizon);
    return new TableSpec(
        new TableLocation(format, path, options, decimal),
        new ColumnNames(sequence, time, inputs, side, targets, List.of()),
        new TargetSpec(kind, ahead, unknown(), OrderKey.read(data, kind)),
        new ScalingSpec(
            scale,
            ScaleKeys.read(data, scale, kind, horizon),
            TransformKey.read(data, scale, kind),
            difference),
        season(),
        split(sequence, time),
        new SectionNumbers(data).integer("min-length", Range.atLeast(1)),
        scope(!time.isEmpty()),
        MissingKeys.read(data, FutureKeys.numbers(inputs, future), kind, scale));
  }

  private Scope scope(boolean hasTime) {
    Scope scope = TimeKeys.read(data, WindowSection.read(data, hasTime), hasTime);
    scope.rules().holidays().ifPresent(path -> Secrets.refuseLocation(data, "holidays", path));
    return scope;
  }

  /**
   * Spark knows formats by names nobody can list, so only a near miss of a known one is refused.
   */
  private void refuseMisspelt(String format) {
    Optional<String> near = Suggestions.nearest(format, FORMATS);
    if (near.isPresent() && !FORMATS.contains(format)) {
      data.problem(
          "format", "unknown format '" + format + "'", "did you mean '" + near.get() + "'?");
    }
  }

  private Optional<String> path(String format) {
    if (FILES.contains(format)) {
      data.require("path", "name a file, folder or glob, for example with --set data.path=FILE");
    } else if (format.equals("table")) {
      data.require("path", "give the table's name");
    }
    Optional<String> path = data.text("path");
    path.ifPresent(location -> Secrets.refuseLocation(data, "path", location));
    return path;
  }

  private char decimal() {
    Optional<String> text = data.text("decimal");
    if (text.isPresent() && !text.get().equals(".") && !text.get().equals(",")) {
      data.problem("decimal", "unknown value '" + text.get() + "'", "use \".\" or \",\"");
    }
    return text.filter(","::equals).isPresent() ? ',' : '.';
  }

  private List<String> time(List<String> sequence) {
    List<String> time = data.textOrTexts("time");
    for (String column : time) {
      if (sequence.contains(column)) {
        String message = "'" + column + "' is the sequence column too";
        data.problem("time", message, "name the column that orders the steps of a sequence");
      }
    }
    return time;
  }

  private List<String> targets() {
    data.require("targets", "list the columns that are predicted");
    List<String> targets = data.texts("targets");
    if (kind.isOfClasses() && targets.size() > 1) {
      String what = kind.isOneClass() ? "a class target" : "a label string";
      data.problem(
          "targets",
          what + " is one column, but there are " + targets.size(),
          "keep one, or use target-kind: multilabel");
    }
    return targets;
  }

  /** How inputs are scaled, and targets that are no counts. */
  private Optional<Scale> scale() {
    List<String> words =
        Words.of(Scale.class).stream().filter(w -> !w.equals(Words.of(Scale.COUNT))).toList();
    return data.oneOf("scale", words).map(word -> Words.constant(Scale.class, word));
  }

  private boolean difference(int horizon) {
    boolean difference = data.flag("difference", false);
    if (!difference) {
      return false;
    }
    if (kind != TargetKind.VALUE) {
      String message = "only values have differences, but target-kind is " + Words.of(kind);
      data.problem("difference", message, "use difference: false");
    } else if (horizon == 0 && data.sound("horizon")) {
      String message = "at horizon 0 every difference is 0";
      data.problem("difference", message, "use horizon: 1 or more, or difference: false");
    }
    return true;
  }

  private Unknown unknown() {
    Optional<Unknown> unknown = data.choice("unknown", Unknown.class);
    if (unknown.isPresent() && !kind.isOneClass()) {
      String message = "only a class can be unknown, but target-kind is " + Words.of(kind);
      data.problem("unknown", message, "delete the line");
    }
    if (unknown.filter(Unknown.TOKEN::equals).isPresent()) {
      String message = "only characters can be read as a token of their own";
      data.problem("unknown", message, "use refuse or skip");
    }
    return unknown.orElse(Unknown.REFUSE);
  }

  private Optional<Integer> season() {
    Optional<Integer> season = new SectionNumbers(data).integer("season", Range.atLeast(2));
    if (season.isPresent() && kind != TargetKind.VALUE) {
      String message = "only values have a season, but target-kind is " + Words.of(kind);
      data.problem("season", message, "delete the line");
    }
    return season;
  }

  private Split split(List<String> sequence, List<String> time) {
    if (kind == TargetKind.LABEL_STRING) {
      Optional<String> whole = Optional.of("a label string is of a whole sequence");
      return SplitSection.table(data, Split.By.ID, whole);
    }
    boolean oneSequence = sequence.isEmpty() && !time.isEmpty();
    boolean byTime = kind == TargetKind.VALUE || oneSequence;
    Split.By usual = byTime ? Split.By.TIME : Split.By.ID;
    Optional<String> only =
        oneSequence && data.sound("sequence")
            ? Optional.of("a table without data.sequence is one sequence")
            : Optional.empty();
    return SplitSection.table(data, usual, only);
  }

  /** Writes the keys of the table. */
  static void write(TableSpec table, Map<String, Object> data) {
    data.put("format", table.location().format());
    table.location().path().ifPresent(path -> data.put("path", path));
    if (!table.location().options().isEmpty()) {
      data.put("options", new TreeMap<>(table.location().options()));
    }
    if (table.location().decimal() != '.') {
      data.put("decimal", String.valueOf(table.location().decimal()));
    }
    writeColumns(data, "sequence", table.names().sequence());
    writeColumns(data, "time", table.names().time());
    if (!table.names().inputs().isEmpty()) {
      data.put("inputs", table.names().inputs());
    }
    FutureKeys.write(table.names().side().future(), data);
    SideKeys.write(table.names().side(), data);
    MissingKeys.write(table.missing(), data);
    data.put("targets", table.names().targets());
    data.put("target-kind", Words.of(table.target().kind()));
    HorizonKeys.write(table.target().horizon(), data);
    data.put("scale", Words.of(table.scaling().scale()));
    ScaleKeys.write(table.scaling().by(), data);
    TransformKey.write(table.scaling().transform(), data);
    data.put("difference", table.scaling().difference());
    table.season().ifPresent(steps -> data.put("season", steps));
    OrderKey.write(table.target(), data);
    if (table.target().kind().isOneClass()) {
      data.put("unknown", Words.of(table.target().unknown()));
    }
    table.minLength().ifPresent(steps -> data.put("min-length", steps));
    WindowSection.write(table.scope(), data);
    TimeKeys.write(table.timeRules(), data);
  }

  private static void writeColumns(Map<String, Object> data, String key, List<String> columns) {
    if (!columns.isEmpty()) {
      data.put(key, columns.size() == 1 ? columns.get(0) : columns);
    }
  }
}
