package io.hindsight.datasets.rows;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Errors;
import io.hindsight.datasets.columns.MissingValues;
import io.hindsight.datasets.columns.SideColumns;
import io.hindsight.datasets.grid.Duplicates;
import io.hindsight.datasets.spec.PartColumn;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.time.InstantReader;
import io.hindsight.datasets.time.TimeScope;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the cells of a table's rows mean, once only the columns that are read are left: id, time,
 * inputs, targets, categories of the step, numbers and categories of the sequence, weight, part,
 * file, block, malformed line, kept cells, in these positions.
 *
 * @param source the table, for errors
 * @param format of its source
 * @param idName the columns that make up the id, for errors; empty if the table has no id
 * @param idOfParts whether they are several
 * @param time the columns of the time; null if there is none
 * @param inputs columns
 * @param targets columns; none to read inputs only
 * @param kind what the targets are
 * @param nested whether a row holds a whole sequence, rather than one step
 * @param labelled whether a whole sequence has one target
 * @param ofFiles whether the file of each row is known
 * @param decimal the character before the fraction of a number in text
 * @param kept what stands beside what is made of the rows: columns that are handed on as they are,
 *     packed into one text, if there are any, and ids and times
 * @param scope which rows are read by their times; null if times may be anything and all are read
 * @param side columns that are read beside the inputs
 * @param part tells the part of each row, if that is asked
 * @param duplicates what is done about rows of one time
 * @param missing what is done about cells that hold no value
 */
public record RowLayout(
    String source,
    String format,
    String idName,
    boolean idOfParts,
    TimeColumns time,
    List<String> inputs,
    List<String> targets,
    TargetKind kind,
    boolean nested,
    boolean labelled,
    boolean ofFiles,
    char decimal,
    KeptTypes kept,
    TimeScope scope,
    SideColumns side,
    PartColumn part,
    Duplicates duplicates,
    MissingValues missing)
    implements Serializable {
  /** A column that is kept to tell rows apart: those of one time need not be alike in it. */
  public static final String TAG = "__hindsight_number";

  private static final String ONLY_SEQUENCE = "series";
  private static final int ID = 0;
  private static final int TIME = 1;
  private static final int INPUTS = 2;

  public RowLayout {
    inputs = List.copyOf(inputs);
    targets = List.copyOf(targets);
  }

  /** The error for a table without a row that is read. */
  public DataException noRows() {
    return scope == null || scope.window() == null
        ? Errors.emptyDataSet(source)
        : Errors.emptyWindow(scope.window(), source);
  }

  /** Whether each sequence has an id of its own. */
  public boolean hasIds() {
    return !idName.isEmpty();
  }

  public boolean hasTime() {
    return time != null;
  }

  /** The columns of the time, for errors. */
  public String timeName() {
    return time.name();
  }

  /** The columns of numeric targets; none for classes. */
  public List<String> numbers() {
    return kind.isOfClasses() ? List.of() : targets;
  }

  /** The column of the class label. */
  public Optional<String> label() {
    return kind.isOfClasses() ? targets.stream().findFirst() : Optional.empty();
  }

  /** The label that a cell or an element of one holds; empty where it may and does hold none. */
  public String label(Cells row, Object cell, String column) {
    boolean mayBeNone = kind == TargetKind.LABEL_STRING || missing.targets();
    boolean none = mayBeNone && Cells.isBlank(cell);
    return none ? "" : row.label(cell, column);
  }

  private boolean hasTargets() {
    return !targets.isEmpty();
  }

  public int timeAt() {
    return TIME;
  }

  public int firstInput() {
    return INPUTS;
  }

  public int firstTarget() {
    return INPUTS + inputs.size();
  }

  /** The column that tells how many steps a row has that is a sequence. */
  public String firstArray() {
    return inputs.isEmpty() ? side.ofSteps().stream().findFirst().orElse("") : inputs.get(0);
  }

  /** Where the columns beside the inputs begin. */
  public int firstBeside() {
    return firstTarget() + targets.size();
  }

  /** Where the weight of the row's target is, if rows have weights. */
  public int weightAt() {
    return firstBeside() + side.categories().size() + side.numbers().size();
  }

  /** Where the part of the row is, if a column tells it. */
  public int partAt() {
    return weightAt() + side.weights().columns().size();
  }

  int fileAt() {
    return partAt() + part.columns().size();
  }

  int blockAt() {
    return fileAt() + 1;
  }

  public int malformedAt() {
    return blockAt() + 1;
  }

  /** Whether rows have cells that are handed on. */
  public boolean keeps() {
    return kept.others().length() > 0;
  }

  /** Whether all that is handed on of a row is what tells it from others. */
  public boolean keepsTag() {
    return kept.others().length() == 1 && kept.others().apply(0).name().equals(TAG);
  }

  /** The cells of a row that are handed on, as text; null if there are none. */
  public String kept(Cells row) {
    return keeps() ? row.textOrNull(malformedAt() + 1) : null;
  }

  /** The id of the sequence that a row belongs to, or is. */
  public String id(Cells row) {
    if (!hasIds()) {
      return ONLY_SEQUENCE;
    }
    if (!idOfParts) {
      return row.text(ID, idName);
    }
    return IdParts.join(
        row.elements(row.get(ID, idName), idName).stream().map(String::valueOf).toList());
  }

  /** The cell with the time of a row that is one step; no part of it is missing. */
  public Object timeCell(Cells row) {
    Object cell = row.get(TIME, timeName());
    if (time.isOfParts()) {
      row.elements(cell, timeName()); // refuses missing parts
    }
    return cell;
  }

  /**
   * Whether a row has values of what is known ahead, and none of the other inputs and the targets:
   * behind the last step of a sequence it is none.
   */
  public boolean isAhead(Cells row) {
    if (side.future().isEmpty() || nested) {
      return false;
    }
    boolean isKnown = false;
    for (int c = 0; c < inputs.size(); c++) {
      boolean isThere = row.getOrNull(firstInput() + c) != null;
      if (isThere && !side.future().contains(inputs.get(c))) {
        return false;
      }
      isKnown |= isThere;
    }
    return isKnown && (!hasTargets() || row.areMissing(firstTarget(), firstBeside()));
  }

  /** Whether a row that has only what is known ahead may be a step. */
  public boolean mayLackAllElse() {
    List<String> others = inputs.stream().filter(name -> !side.future().contains(name)).toList();
    return missing.inputs().mayAllLack(others) && (!hasTargets() || missing.targets());
  }

  /**
   * The first of the columns that are all empty, where all inputs are, or all targets. A row that
   * is a step of a label string may have no label, and an array of labels may be empty. Inputs and
   * targets that may be missing are values, too, but of a row that is a sequence its arrays must be
   * there.
   *
   * @return empty if a value is there
   */
  public Optional<String> emptyColumn(Cells row) {
    if (isAhead(row) && !mayLackAllElse()) {
      return inputs.stream().filter(name -> !side.future().contains(name)).findFirst();
    }
    if (row.areMissing(firstInput(), firstTarget())
        && !(missing.inputs().mayAllLack(inputs) && hasSteps(row, firstInput()))) {
      return Optional.of(inputs.get(0));
    }
    boolean mayBeNone = kind == TargetKind.LABEL_STRING;
    if (missing.targets() && !labelled && hasTargets() && hasSteps(row, firstTarget())) {
      return Optional.empty();
    }
    boolean missing =
        mayBeNone
            ? nested && hasTargets() && row.getOrNull(firstTarget()) == null
            : row.areMissing(firstTarget(), firstBeside());
    return missing ? Optional.of(targets.get(0)) : Optional.empty();
  }

  /** Whether a row is a step, or a sequence whose array has some. */
  private boolean hasSteps(Cells row, int array) {
    return !nested || row.length(array) > 0;
  }

  /** Tells which rows of a partition are read by their times, one row after the other. */
  public static final class ScopedRows {
    private final RowLayout layout;
    private final InstantReader reader; // null if times may be anything
    private Instant time; // of the row before; null if times may be anything

    /** For rows of a layout. */
    public ScopedRows(RowLayout layout) {
      this.layout = layout;
      reader = layout.scope() == null ? null : new InstantReader(layout.scope().zone());
    }

    /**
     * Whether a row is read.
     *
     * @throws DataException if its time is missing, or no point in time where it must be one
     */
    public boolean contain(Cells row) {
      if (reader == null) {
        return true;
      }
      String text = layout.time().shown(layout.timeCell(row));
      time = reader.read(text).orElseThrow(() -> noInstant(text, row.place()));
      return layout.scope().window() == null || layout.scope().window().contains(time);
    }

    /** The time of the row that was asked for last; absent if times may be anything. */
    public Optional<Instant> time() {
      return Optional.ofNullable(time);
    }

    private DataException noInstant(String time, TablePlace place) {
      return new DataException(
          layout.scope().rule(),
          DataException.quote(time),
          place.column(layout.timeName()),
          layout.scope().remedy());
    }
  }
}
