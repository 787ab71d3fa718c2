package io.hindsight.driver.config.builder;

import io.hindsight.datasets.calendar.CalendarField;
import io.hindsight.datasets.columns.MissingRule;
import io.hindsight.datasets.grid.Duplicates;
import io.hindsight.datasets.grid.Gaps;
import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.ScaleBy;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.spec.Unknown;
import io.hindsight.driver.config.section.ResolvedConfig;
import io.hindsight.driver.config.yaml.Words;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;

/**
 * The {@code data} section: a table, a text or a generated task. As in YAML, a key of another kind
 * is a mistake, which {@link RunConfigBuilder#build} tells.
 */
public final class DataBuilder {
  private final Keys keys;

  private DataBuilder(Keys keys) {
    this.keys = keys;
  }

  private DataBuilder(String format) {
    this(new Keys());
    keys.set("format", format);
  }

  /** Of a section that is there, to change some of it. */
  public static DataBuilder from(DataSpec config) {
    return new DataBuilder(new Keys(ResolvedConfig.toMap(config)));
  }

  /**
   * A table.
   *
   * @param format a Spark SQL source ({@code csv json parquet orc avro jdbc …}), or {@code table}
   */
  public static DataBuilder table(String format) {
    return new DataBuilder(format);
  }

  /**
   * UTF-8 text, as characters.
   *
   * @param path a Hadoop URI or glob
   */
  public static DataBuilder text(String path) {
    return new DataBuilder("text").path(path);
  }

  /**
   * A task of the literature.
   *
   * @param name {@code adding, copy, parity, temporal-order, embedded-reber, sine, mackey-glass}
   * @param sequences sequences of all parts together
   */
  public static DataBuilder generator(String name, int sequences) {
    DataBuilder builder = new DataBuilder("generator");
    builder.keys.set("name", name);
    builder.keys.set("sequences", sequences);
    return builder;
  }

  /** What is read: a Hadoop URI, a path or a glob; the table's name. */
  public DataBuilder path(String path) {
    keys.set("path", path);
    return this;
  }

  /** An option of the Spark source, such as {@code header}, {@code true}. */
  public DataBuilder option(String name, String value) {
    keys.set("options", name, value);
    return this;
  }

  /** The character before the fraction of a number in text: a point, or a comma. */
  public DataBuilder decimal(char decimal) {
    keys.set("decimal", String.valueOf(decimal));
    return this;
  }

  /** The columns that make a sequence's id. */
  public DataBuilder sequence(String... columns) {
    keys.set("sequence", Arrays.asList(columns.clone()));
    return this;
  }

  /** The columns that order the steps, the largest unit first. */
  public DataBuilder time(String... columns) {
    keys.set("time", Arrays.asList(columns.clone()));
    return this;
  }

  /** The columns that are read at each step. */
  public DataBuilder inputs(String... columns) {
    keys.set("inputs", Arrays.asList(columns.clone()));
    return this;
  }

  /** The columns whose values are known ahead, read at the rows of the targets. */
  public DataBuilder future(String... columns) {
    keys.set("future", Arrays.asList(columns.clone()));
    return this;
  }

  /** The columns whose text is a category, read at each step unless they are static, too. */
  public DataBuilder categories(String... columns) {
    keys.set("categories", Arrays.asList(columns.clone()));
    return this;
  }

  /** The columns that are the same at all steps of a sequence; numbers unless categories. */
  public DataBuilder statics(String... columns) {
    keys.set("static", Arrays.asList(columns.clone()));
    return this;
  }

  /** The column that tells how much the target of each row counts, a number of 0 or more. */
  public DataBuilder weight(String column) {
    keys.set("weight", column);
    return this;
  }

  /** What is read where an input of any column holds no value. */
  public DataBuilder missing(MissingRule rule) {
    keys.set("missing", rule);
    return this;
  }

  /** What is read where an input of one column holds no value; {@code other} is all others. */
  public DataBuilder missing(String column, MissingRule rule) {
    keys.set("missing", column, rule);
    return this;
  }

  /** Whether a target may hold no value, and is not scored then. */
  public DataBuilder missingTargets(boolean skip) {
    keys.set("missing-targets", skip ? "skip" : "error");
    return this;
  }

  /** How often training must see a category or character, if it is not to be unknown. */
  public DataBuilder rare(int times) {
    keys.set("rare", times);
    return this;
  }

  /** The columns that are predicted. */
  public DataBuilder targets(String... columns) {
    keys.set("targets", Arrays.asList(columns.clone()));
    return this;
  }

  /** The kind of target. */
  public DataBuilder targetKind(TargetKind kind) {
    keys.set("target-kind", kind);
    return this;
  }

  /** Ordered classes from the lowest to the highest. */
  public DataBuilder order(String... classes) {
    keys.set("order", Arrays.asList(classes.clone()));
    return this;
  }

  /** How many steps ahead to predict; 0 labels the same step. */
  public DataBuilder horizon(int steps) {
    keys.set("horizon", steps);
    return this;
  }

  /** How far ahead to predict: one value, or all values up to a later step. */
  public DataBuilder horizon(Horizon horizon) {
    keys.set("strategy", horizon.strategy());
    keys.remove("paths");
    if (horizon.paths() > 0) {
      keys.set("paths", horizon.paths());
    }
    return horizon(horizon.steps());
  }

  /** How columns are scaled, fitted to the training part. */
  public DataBuilder scale(Scale scale) {
    keys.set("scale", scale);
    return this;
  }

  /** What the scaling is fitted to: the training part of all sequences, or each by itself. */
  public DataBuilder scaleBy(ScaleBy by) {
    keys.set("scale-by", by.kind());
    keys.remove("scale-window");
    if (by.isWindow()) {
      keys.set("scale-window", by.window());
    }
    return this;
  }

  /** Targets of which ln(1 + y) is predicted and brought back. */
  public DataBuilder logarithmOfTargets() {
    keys.set("target-transform", "log1p");
    return this;
  }

  /**
   * Targets of which (y^λ − 1)/λ is predicted and brought back, or ln y where λ is 0.
   *
   * @param lambda λ, at least 0
   */
  public DataBuilder boxCoxOfTargets(double lambda) {
    keys.set("target-transform", Map.of("box-cox", lambda));
    return this;
  }

  /** Whether changes are read and predicted instead of levels. */
  public DataBuilder difference(boolean difference) {
    keys.set("difference", difference);
    return this;
  }

  /** Steps of a season, for the baseline that repeats the last season. */
  public DataBuilder season(int steps) {
    keys.set("season", steps);
    return this;
  }

  /** Where a table is kept once it is encoded: a folder that all machines see, or a Hadoop URI. */
  public DataBuilder store(String location) {
    keys.set("store", location);
    return this;
  }

  /** Steps that a sequence must have to take part. */
  public DataBuilder minLength(int steps) {
    keys.set("min-length", steps);
    return this;
  }

  /** The window of time that rows must lie in to be read: its start, and the end before which. */
  public DataBuilder window(Instant from, Instant to) {
    keys.set("window", "from", from.toString());
    keys.set("window", "to", to.toString());
    return this;
  }

  /**
   * The window that a retraining reads, in spans of ISO 8601 such as {@code P180D}, {@code PT6H}.
   *
   * @param length from its start to its end
   * @param lag from its end to the time that the retraining is made for
   */
  public DataBuilder retrainWindow(String length, String lag) {
    keys.set("window", "length", length);
    keys.set("window", "lag", lag);
    return this;
  }

  /** The zone of times that do not tell theirs, and whose calendar a moving window counts. */
  public DataBuilder zone(ZoneId zone) {
    keys.set("window", "zone", zone.getId());
    return this;
  }

  /** What is done about rows of one sequence that have the same time. */
  public DataBuilder duplicates(Duplicates rule) {
    keys.set("duplicates", rule);
    return this;
  }

  /** How far rows are apart, such as {@code 15min}, {@code business-day} or {@code auto}. */
  public DataBuilder frequency(String frequency) {
    keys.set("frequency", frequency);
    return this;
  }

  /** What is done about missing rows, with a {@link #frequency}. */
  public DataBuilder gaps(Gaps rule) {
    keys.set("gaps", rule);
    return this;
  }

  /** Whether the time since the row before is an input. */
  public DataBuilder elapsed(boolean elapsed) {
    keys.set("elapsed", elapsed);
    return this;
  }

  /** Numbers of the clock and the calendar that are inputs. */
  public DataBuilder calendar(CalendarField... fields) {
    keys.set("calendar", Arrays.stream(fields).map(field -> Words.of(field)).toList());
    return this;
  }

  /** A text file of holidays, a date in each line. */
  public DataBuilder holidays(String path) {
    keys.set("holidays", path);
    return this;
  }

  /** What happens to characters or classes that training did not see. */
  public DataBuilder unknown(Unknown unknown) {
    keys.set("unknown", unknown);
    return this;
  }

  /** Steps of a generated sequence. */
  public DataBuilder length(int steps) {
    keys.set("length", steps);
    return this;
  }

  /** Symbols to recall, for {@code copy}. */
  public DataBuilder symbols(int symbols) {
    keys.set("symbols", symbols);
    return this;
  }

  /** What is divided into parts. */
  public DataBuilder splitBy(Split.By by) {
    keys.set("split", "by", by);
    return this;
  }

  /** The validation part: a share below 1, or a whole number of steps or sequences. */
  public DataBuilder validation(double size) {
    keys.set("split", "validation", size);
    return this;
  }

  /** The test part, sized as {@link #validation} is. */
  public DataBuilder test(double size) {
    keys.set("split", "test", size);
    return this;
  }

  /**
   * Steps of each sequence that the part before validation, or before the test part, leaves out.
   */
  public DataBuilder embargo(int steps) {
    keys.set("split", "embargo", steps);
    return this;
  }

  /**
   * Steps of each sequence that are left out in the same way, by how long before the first of the
   * next part they are.
   *
   * @param duration such as {@code 7d} or {@code 1mo}
   */
  public DataBuilder embargo(String duration) {
    keys.set("split", "embargo", duration);
    return this;
  }

  /**
   * The column that tells the part of each row, for a split by column.
   *
   * @param column its name
   */
  public DataBuilder splitColumn(String column) {
    keys.set("split", "column", column);
    return this;
  }

  /** What the column holds in rows of the validation part. */
  public DataBuilder validationValue(String value) {
    keys.set("split", "validation-value", value);
    return this;
  }

  /** What it holds in rows of the test part. */
  public DataBuilder testValue(String value) {
    keys.set("split", "test-value", value);
    return this;
  }

  /** The start of the validation part, for a split by date. */
  public DataBuilder validationFrom(Instant start) {
    keys.set("split", "validation-from", start.toString());
    return this;
  }

  /** The start of the test part, for a split by date. */
  public DataBuilder testFrom(Instant start) {
    keys.set("split", "test-from", start.toString());
    return this;
  }

  Map<String, Object> toMap() {
    return keys.toMap();
  }
}
