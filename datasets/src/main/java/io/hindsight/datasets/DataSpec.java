package io.hindsight.datasets;

import io.hindsight.datasets.columns.MissingRules;
import io.hindsight.datasets.columns.MissingValues;
import io.hindsight.datasets.columns.SideColumns;
import io.hindsight.datasets.columns.TargetWeights;
import io.hindsight.datasets.grid.TimeRules;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the sequences come from and how they are encoded: the {@code data} section of a
 * configuration.
 */
public sealed interface DataSpec {
  /** How the sequences are divided into training, validation and test part. */
  Split split();

  /**
   * Rows or nested arrays from a Spark SQL source.
   *
   * @param format a Spark SQL format ({@code csv json parquet orc avro jdbc …}), or {@code table}
   * @param path a Hadoop URI or glob, or a table's name; absent for sources that need none (jdbc)
   * @param options options of the Spark SQL source
   * @param decimal the character before the fraction of a number in text: a point, or a comma
   * @param sequence columns of the sequence's id, mostly one; empty if all rows are one sequence.
   *     {@code _metadata.file_name} is the name of the row's file
   * @param time ordering columns, largest unit first, mostly one; empty if each row holds a whole
   *     sequence in nested arrays
   * @param inputs numeric columns, or one {@code array<double>} or {@code array<array<double>>}
   *     column
   * @param targets columns of the labels; empty where only predictions are wanted
   * @param targetKind what the labels are
   * @param horizon steps ahead that the label is taken from; 0 is the label of the same step. Steps
   *     are of time where the ordering column has a common one, else rows
   * @param scale scaling of inputs and numeric targets, fitted on the training part
   * @param difference whether inputs are changes from one step to the next, and targets changes
   *     from the present value to the value {@code horizon} steps ahead
   * @param season steps of one season for the seasonal-naive baseline; absent if there is none
   * @param split parts
   * @param minLength steps that a sequence must have to take part; absent leaves out only what
   *     gives no target
   * @param unknown what is done about class labels that training did not see
   * @param kept columns of any kind that are read beside the others, to be handed on as they are
   * @param scope which rows are read, and how their times are understood
   * @param side columns that are read beside the inputs, of which there may be none then
   * @param missing what is done about cells that hold no value
   * @param scaleBy what the scaling of inputs and numeric targets is fitted to
   */
  record Table(
      String format,
      Optional<String> path,
      Map<String, String> options,
      char decimal,
      List<String> sequence,
      List<String> time,
      List<String> inputs,
      List<String> targets,
      TargetKind targetKind,
      int horizon,
      Scale scale,
      boolean difference,
      Optional<Integer> season,
      Split split,
      Optional<Integer> minLength,
      Unknown unknown,
      List<String> kept,
      Scope scope,
      SideColumns side,
      MissingValues missing,
      ScaleBy scaleBy)
      implements DataSpec {
    public Table {
      options = Map.copyOf(options);
      sequence = List.copyOf(sequence);
      time = List.copyOf(time);
      inputs = List.copyOf(inputs);
      targets = List.copyOf(targets);
      kept = List.copyOf(kept);
    }

    /** The same table with other columns kept. */
    public Table keeping(List<String> columns) {
      return with(options, columns, scope, split);
    }

    /** The same table with other options of its source. */
    public Table withOptions(Map<String, String> others) {
      return with(others, kept, scope, split);
    }

    /** The same table, read in a window of time alone. */
    public Table within(TimeWindow window) {
      return with(
          options,
          kept,
          new Scope(scope.zone, Optional.of(window), Optional.empty(), scope.rules),
          split);
    }

    /** The same table, of which all rows are read. */
    public Table withoutWindow() {
      return with(
          options,
          kept,
          new Scope(scope.zone, Optional.empty(), Optional.empty(), scope.rules),
          split);
    }

    /** The same table without what only a retraining reads. */
    public Table withoutRetrainWindow() {
      return with(
          options, kept, new Scope(scope.zone, scope.window, Optional.empty(), scope.rules), split);
    }

    /** The window that rows must lie in to be read; absent if all are read. */
    public Optional<TimeWindow> window() {
      return scope.window;
    }

    /** The same table with other parts. */
    public Table dividedBy(Split other) {
      return with(options, kept, scope, other);
    }

    /** The same table, of whose times other things are made. */
    public Table with(TimeRules rules) {
      return with(options, kept, new Scope(scope.zone, scope.window, scope.retrain, rules), split);
    }

    /** What is made of the times of its rows. */
    public TimeRules timeRules() {
      return scope.rules;
    }

    /** The same table with other columns beside its inputs. */
    public Table with(SideColumns columns) {
      return with(options, kept, scope, split, columns, missing, scaleBy);
    }

    /** The same table with other rules for cells that hold no value. */
    public Table with(MissingValues rules) {
      return with(options, kept, scope, split, side, rules, scaleBy);
    }

    /** The same table scaled by something else. */
    public Table with(ScaleBy other) {
      return with(options, kept, scope, split, side, missing, other);
    }

    private Table with(Map<String, String> others, List<String> columns, Scope times, Split parts) {
      return with(others, columns, times, parts, side, missing, scaleBy);
    }

    private Table with(
        Map<String, String> others,
        List<String> columns,
        Scope times,
        Split parts,
        SideColumns beside,
        MissingValues rules,
        ScaleBy scaledBy) {
      return new Table(
          format,
          path,
          others,
          decimal,
          sequence,
          time,
          inputs,
          targets,
          targetKind,
          horizon,
          scale,
          difference,
          season,
          parts,
          minLength,
          unknown,
          columns,
          times,
          beside,
          rules,
          scaledBy);
    }

    /** The columns that are read to train on. */
    public ReadColumns columns() {
      return new ReadColumns(inputs, side, targets, targetKind, missing.inputs().only(inputs));
    }

    /** A table of which every sequence takes part that can, and unknown labels are refused. */
    public Table(
        String format,
        Optional<String> path,
        Map<String, String> options,
        char decimal,
        List<String> sequence,
        List<String> time,
        List<String> inputs,
        List<String> targets,
        TargetKind targetKind,
        int horizon,
        Scale scale,
        boolean difference,
        Optional<Integer> season,
        Split split) {
      this(
          format,
          path,
          options,
          decimal,
          sequence,
          time,
          inputs,
          targets,
          targetKind,
          horizon,
          scale,
          difference,
          season,
          split,
          Optional.empty(),
          Unknown.REFUSE,
          List.of(),
          Scope.ALL,
          SideColumns.NONE,
          MissingValues.REFUSED,
          ScaleBy.TABLE);
    }
  }

  /**
   * The columns of a table that are read of each sequence, its id and times apart.
   *
   * @param inputs numbers of each step
   * @param side what is read beside them
   * @param targets columns of the labels; empty to read inputs only
   * @param kind what the targets are
   * @param missing what is done about inputs that hold no value
   */
  record ReadColumns(
      List<String> inputs,
      SideColumns side,
      List<String> targets,
      TargetKind kind,
      MissingRules missing) {
    public ReadColumns {
      inputs = List.copyOf(inputs);
      targets = List.copyOf(targets);
    }

    /** The same with other targets, whose weights are not read. */
    public ReadColumns withTargets(List<String> others) {
      return new ReadColumns(inputs, side.with(TargetWeights.NONE), others, kind, missing);
    }
  }

  /**
   * Which rows of a table are read, and how their times are understood.
   *
   * @param zone of times that do not tell theirs
   * @param window that rows must lie in; absent if all are read
   * @param retrain the window that a retraining reads in place of all rows; not beside a window
   * @param rules what is made of the times
   */
  record Scope(
      ZoneId zone, Optional<TimeWindow> window, Optional<RetrainWindow> retrain, TimeRules rules) {
    /** All rows, with times of UTC. */
    public static final Scope ALL = new Scope(ZoneOffset.UTC, Optional.empty(), Optional.empty());

    /** Rows that are read as they are. */
    public Scope(ZoneId zone, Optional<TimeWindow> window, Optional<RetrainWindow> retrain) {
      this(zone, window, retrain, TimeRules.NONE);
    }
  }

  /**
   * UTF-8 text, as characters (Unicode code points); the target is the next character.
   *
   * @param path a Hadoop URI or glob; several files are read in the order of their names
   * @param split parts; always by time
   * @param unknown what is done about characters that training did not see
   * @param rare with a token for unknown characters, those that training sees less often are
   *     unknown, too
   */
  record Text(String path, Split split, Unknown unknown, int rare) implements DataSpec {
    /** Knows each character that training sees. */
    public static final int ALL = 1;

    /** Does not know those that it sees once, so that it learns what unknown ones are like. */
    public static final int USUALLY_RARE = 2;

    /** A text of which each character that training sees is known. */
    public Text(String path, Split split, Unknown unknown) {
      this(path, split, unknown, ALL);
    }

    /** A text whose unknown characters are refused. */
    public Text(String path, Split split) {
      this(path, split, Unknown.REFUSE);
    }
  }

  /**
   * A seeded task of the literature.
   *
   * @param name {@code adding, copy, parity, temporal-order, embedded-reber, sine, mackey-glass,
   *     collapse}
   * @param length T of each sequence (for {@code copy}: the blank steps; ignored by {@code
   *     embedded-reber})
   * @param sequences number of sequences, all parts together
   * @param symbols {@code copy}: symbols to recall
   * @param horizon {@code sine, mackey-glass}: steps ahead to predict
   * @param split parts; always by id
   */
  record Generator(String name, int length, int sequences, int symbols, int horizon, Split split)
      implements DataSpec {}

  /** What is done about characters and class labels that training did not see. */
  enum Unknown {
    /** They are refused, all at once. */
    REFUSE,
    /** As a target they are not scored; a character is read as a vector of zeros. */
    SKIP,
    /** All unknown characters are one more, which is read and scored as any other. */
    TOKEN
  }

  /** What a label is. */
  enum TargetKind {
    /** Numbers, one per target column. */
    VALUE,
    /** One class label. */
    CLASS,
    /** Numbers in [0, 1], one per target column. */
    MULTILABEL,
    /**
     * One string of class labels for the whole sequence: those of the steps that have one, in the
     * order of the steps. Which step a label stands at has no meaning.
     */
    LABEL_STRING;

    /** Whether a step has one label of a class, if any, rather than numbers. */
    public boolean isOfClasses() {
      return this == CLASS || this == LABEL_STRING;
    }
  }

  /** How a numeric column is brought to order 1. */
  enum Scale {
    /** As it is. */
    NONE,
    /** (x − mean) / standard deviation. */
    STANDARDIZE,
    /** (x − min) / (max − min). */
    MINMAX,
    /** ln x, then standardized; for positive columns. */
    LOG,
    /** As it is, and a whole number of 0 or more; for targets of a distribution of counts. */
    COUNT,
    /** (x − median) · 1.349 / (upper − lower quartile), which outliers hardly move. */
    ROBUST,
    /** ln(1 + x), then standardized; for columns that are never negative. */
    LOG1P,
    /** x / (1 + mean |x|), by the steps of one sequence. */
    MEAN;

    /** Whether it is fitted to a training part. */
    public boolean isFitted() {
      return this != NONE && this != COUNT;
    }

    /** Whether a logarithm is read, which not all numbers have. */
    public boolean isLogarithm() {
      return this == LOG || this == LOG1P;
    }
  }

  /** What the scaling of inputs and numeric targets is fitted to. */
  enum ScaleBy {
    /** The training part of all sequences together. */
    TABLE,
    /** Each sequence alone, before its first step that is validation or test part. */
    SEQUENCE
  }

  /**
   * The parts of the data.
   *
   * <p>A size is a share in [0, 1) of the steps (or characters, or sequences), or a whole number of
   * at least 1 of them: {@code test: 48} is the last 48 steps of every sequence.
   *
   * @param by what is divided
   * @param validation size of the validation part; 0 by date
   * @param test size of the test part; the rest is trained on; 0 by date
   * @param dates that parts begin at, by date
   */
  record Split(By by, double validation, double test, Dates dates) implements Serializable {
    /** Parts that have sizes. */
    public Split(By by, double validation, double test) {
      this(by, validation, test, Dates.NONE);
    }

    /** Parts that begin at points in time. */
    public static Split byDate(Dates dates) {
      return new Split(By.DATE, 0, 0, dates);
    }

    /** What a split divides; never single rows. */
    public enum By {
      /** Each sequence's time: the last steps are the test part, those before them validation. */
      TIME,
      /** Whole sequences, by a hash of their id. */
      ID,
      /** All time: parts begin at the same points in time in every sequence. */
      DATE
    }

    /**
     * Points in time that parts begin at. There is no test part if it begins at {@link
     * Instant#MAX}, and no validation part if it begins with the test part.
     *
     * @param validationFrom the start of the validation part, at most {@code testFrom}
     * @param testFrom the start of the test part
     */
    public record Dates(Instant validationFrom, Instant testFrom) implements Serializable {
      /** Everything is trained on. */
      public static final Dates NONE = new Dates(Instant.MAX, Instant.MAX);
    }

    /** Whether a validation part is asked for. */
    public boolean hasValidation() {
      return validation > 0 || dates.validationFrom.isBefore(dates.testFrom);
    }

    /** Whether a test part is asked for. */
    public boolean hasTest() {
      return test > 0 || dates.testFrom.isBefore(Instant.MAX);
    }

    /** Whether a number may stand as the size of a part: in [0, 1), or a whole number. */
    public static boolean isSize(double size) {
      return size >= 0 && size <= Integer.MAX_VALUE && (size < 1 || size == StrictMath.rint(size));
    }

    /**
     * How many of {@code total} a size stands for: the rounded share, or the whole number, at most
     * all.
     */
    public static int count(double size, int total) {
      double wanted = size < 1 ? StrictMath.rint(size * total) : size;
      return (int) Math.min(total, wanted);
    }
  }
}
