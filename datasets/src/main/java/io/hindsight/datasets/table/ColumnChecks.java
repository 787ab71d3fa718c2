package io.hindsight.datasets.table;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Errors;
import io.hindsight.datasets.columns.SideColumns;
import io.hindsight.datasets.rows.KeptTypes;
import io.hindsight.datasets.rows.TimeColumns;
import io.hindsight.datasets.spec.ColumnNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Checks that the columns that are named are there and of a type that can be used as they are
 * named. Columns that nobody names may be of any type.
 */
final class ColumnChecks {
  private final StructType schema;
  private final String source;
  private final boolean hasFiles;
  private final Map<String, Boolean> nanos;

  /**
   * Of a table.
   *
   * @param source the table, for errors
   * @param hasFiles whether Spark knows the file of each row
   * @param nanos columns that hold nanoseconds since 1970 as whole numbers; whether in UTC
   */
  ColumnChecks(StructType schema, String source, boolean hasFiles, Map<String, Boolean> nanos) {
    this.schema = schema;
    this.source = source;
    this.hasFiles = hasFiles;
    this.nanos = nanos;
  }

  /** The columns that make up the id of a sequence. */
  void requireIds(List<String> names) {
    for (String name : names) {
      if (!isOfFile(name)) {
        requireType(name, id -> ColumnTypes.isId(element(id)), ColumnTypes.IDS, 0);
      }
    }
  }

  private boolean isOfFile(String name) {
    return hasFiles && TableColumns.isOfFile(name) && !known().contains(name);
  }

  /** The columns that make up the time of a step. */
  void requireTimes(List<String> names) {
    for (String name : names) {
      requireType(
          name,
          time -> ColumnTypes.isTime(element(time)),
          ColumnTypes.TIMES,
          names.size() == 1 ? 1 : 0);
    }
  }

  /** The time columns, which are as they must be; absent if there are none. */
  Optional<TimeColumns> times(List<String> names, char decimal) {
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(new TimeColumns(names, element(names.get(0)), nanos, decimal));
  }

  /** A column whose cells are handed on as they are. */
  void requireKept(String name) {
    if (!isOfFile(name)) {
      require(name);
      if (!KeptCells.canHold(schema.apply(name).dataType())) {
        throw wrongType(name, KeptCells.KINDS + " to be kept");
      }
    }
  }

  /** Such columns with their types, and the types of ids and times. */
  KeptTypes kept(ColumnNames names) {
    StructType others = new StructType();
    for (String name : names.kept()) {
      others =
          others.add(name, isOfFile(name) ? DataTypes.StringType : schema.apply(name).dataType());
    }
    return new KeptTypes(
        others,
        names.sequence().stream().map(name -> ofText(name, ColumnTypes::isOfIdText)).toList(),
        names.time().size() == 1
            ? ofText(names.time().get(0), ColumnTypes::isOfTimeText)
            : DataTypes.StringType);
  }

  private DataType ofText(String name, Predicate<DataType> isOfText) {
    DataType type = element(name);
    return isOfText.test(type) && !nanos.containsKey(name) ? type : DataTypes.StringType;
  }

  /** A column of labels, plain or in arrays. */
  void requireLabel(String name) {
    requireType(name, label -> ColumnTypes.isLabel(element(label)), ColumnTypes.LABELS, 1);
  }

  /** A column of numbers, plain or in arrays. */
  void requireNumbers(String name, boolean nested) {
    requireType(name, this::isNumber, ColumnTypes.NUMBERS, nested ? 2 : 1);
  }

  /** As {@link #requireNumbers}; a row that holds a sequence must hold its inputs in arrays. */
  void requireInput(String name, boolean nested) {
    requireNumbers(name, nested);
    if (nested && depth(name) == 0) {
      throw new DataException(
          "a table with a row per time step needs an ordering column",
          "plain numbers in column '" + name + "' and no data.time",
          source,
          "name the column that orders the rows in data.time");
    }
  }

  /** Columns beside the inputs: of steps as the inputs are, of sequences never in arrays. */
  void requireBeside(SideColumns side, boolean nested) {
    side.ofSteps().forEach(name -> requireType(name, this::isCategory, ColumnTypes.CATEGORIES, 1));
    for (String name : side.ofSteps()) {
      if (nested != (depth(name) == 1)) {
        throw otherLayout(name, nested);
      }
    }
    side.numbers().forEach(name -> requireType(name, this::isNumber, ColumnTypes.PLAIN_NUMBERS, 0));
    side.ofSequence()
        .forEach(name -> requireType(name, this::isCategory, ColumnTypes.CATEGORIES, 0));
  }

  /** A column of weights: a number per step, or one for a row that holds a sequence. */
  void requireWeight(String name, boolean nested) {
    requireType(name, this::isNumber, ColumnTypes.NUMBERS, nested ? 1 : 0);
  }

  /** A column that tells the part of each row, of the whole sequence where a row holds one. */
  void requirePart(String name) {
    requireType(name, this::isCategory, ColumnTypes.PARTS, 0);
  }

  private DataException otherLayout(String name, boolean nested) {
    return new DataException(
        nested
            ? "categories are in arrays where a row holds a whole sequence"
            : "a category is no array where a row is one step",
        "%s in column '%s'".formatted(schema.apply(name).dataType().simpleString(), name),
        source,
        nested
            ? "name the column in data.static, too, if its category is one of the whole sequence,"
                + " or name the column that orders the rows in data.time"
            : "name a column with one category in each row, or leave out data.time if rows hold"
                + " whole sequences");
  }

  /** Targets are all in arrays or none is; a label is one per step, or per sequence. */
  void requireTargetsAlike(List<String> targets, boolean classes, boolean nested) {
    for (String name : targets) {
      if (nested && (depth(name) == 0) != (depth(targets.get(0)) == 0)) {
        throw wrongType(name, "of the same shape as " + targets.get(0));
      }
    }
    if (classes && !targets.isEmpty() && depth(targets.get(0)) > (nested ? 1 : 0)) {
      throw wrongType(targets.get(0), "one label per step");
    }
  }

  private boolean isNumber(String name) {
    return ColumnTypes.isNumber(element(name)) && !nanos.containsKey(name);
  }

  private boolean isCategory(String name) {
    return ColumnTypes.isLabel(element(name)) && !nanos.containsKey(name);
  }

  private void requireType(String name, Predicate<String> usable, String what, int mostArrays) {
    require(name);
    if (!usable.test(name) || depth(name) > mostArrays) {
      throw wrongType(name, what);
    }
  }

  private void require(String name) {
    List<String> known = known();
    if (!known.contains(name)) {
      String meant = Errors.nearest(name, known).map(n -> "did you mean '" + n + "'? ").orElse("");
      boolean unnamed = known.contains("_c0");
      throw new DataException(
          "the data must have the column '" + name + "'",
          "only " + known,
          source,
          meant
              + (unnamed
                  ? "set data.options: {header: true} if the file has a header line"
                  : "correct the column's name"));
    }
  }

  private List<String> known() {
    List<String> known = new ArrayList<>(Arrays.asList(schema.fieldNames()));
    known.remove(TableColumns.MALFORMED);
    return known;
  }

  private DataException wrongType(String name, String expected) {
    return new DataException(
        "column '" + name + "' must be " + expected,
        nanos.containsKey(name)
            ? "timestamp in nanoseconds"
            : schema.apply(name).dataType().simpleString(),
        source,
        "name another column or convert it");
  }

  private DataType element(String name) {
    return isOfFile(name)
        ? DataTypes.StringType
        : ColumnTypes.element(schema.apply(name).dataType());
  }

  /** Levels of arrays of a column. */
  int depth(String name) {
    return ColumnTypes.depth(schema.apply(name).dataType());
  }
}
