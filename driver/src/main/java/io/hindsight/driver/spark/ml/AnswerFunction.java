package io.hindsight.driver.spark.ml;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.sequences.TaskSequences;
import io.hindsight.datasets.source.SequenceInputs;
import io.hindsight.datasets.spec.ReadColumns;
import io.hindsight.datasets.table.FrameRows;
import io.hindsight.driver.answer.Answer;
import io.hindsight.driver.answer.Answers;
import io.hindsight.driver.spark.SparkApi;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Answers one sequence at a time, whose columns are handed over as arrays.
 *
 * @param layout of a row with these columns
 * @param type of such a row
 * @param arguments which argument each of the columns behind id and time is
 */
record AnswerFunction(
    Broadcast<SentModel> model,
    RowLayout layout,
    StructType type,
    int[] arguments,
    SequenceInputs inputs,
    AnswerFields fields)
    implements Serializable {
  private static final int BEFORE = 2; // id and time
  private static final int BEHIND = 3; // file, block, malformed line

  /**
   * A function, what it takes and what it answers.
   *
   * @param columns of the model, in the order of the arguments
   */
  record Made(AnswerFunction function, List<String> columns, DataType type) {}

  /** The function of a model. */
  static Made of(SequenceModel stage, SparkContext context) {
    Encoding.Table encoding = (Encoding.Table) stage.bundle().encoding();
    ReadColumns read = SequenceInputs.columns(encoding);
    List<StructField> cells = cells(encoding, read);
    List<String> columns = cells.stream().map(StructField::name).distinct().toList();
    StructType schema = new StructType();
    for (String column : columns) {
      DataType of =
          cells.stream().filter(c -> c.name().equals(column)).findFirst().get().dataType();
      schema = schema.add(column, of);
    }
    Form form = stage.form(schema).withoutNames(); // a column of the model may be its id, too
    AnswerFields fields = stage.fields(form);
    AnswerFunction function =
        new AnswerFunction(
            stage.sent(context),
            FrameRows.layout(schema, form.spec(), form.read()),
            row(cells),
            cells.stream().mapToInt(cell -> columns.indexOf(cell.name())).toArray(),
            new SequenceInputs(encoding, form.spec().minLength().orElse(0)),
            fields);
    return new Made(function, columns, type(fields));
  }

  /** The columns of a row, in their positions; some may be there twice. */
  private static List<StructField> cells(Encoding.Table encoding, ReadColumns read) {
    Stream<StructField> numbers =
        read.numbers().stream().map(name -> field(name, numbers(encoding, name)));
    Stream<StructField> targets =
        read.targets().stream().map(name -> field(name, array(DataTypes.DoubleType)));
    Stream<StructField> steps =
        read.side().ofSteps().stream().map(name -> field(name, array(DataTypes.StringType)));
    Stream<StructField> statics =
        Stream.concat(
            read.side().numbers().stream().map(name -> field(name, DataTypes.DoubleType)),
            read.side().ofSequence().stream().map(name -> field(name, DataTypes.StringType)));
    return Stream.of(numbers, targets, steps, statics).flatMap(each -> each).toList();
  }

  private static StructField field(String name, DataType type) {
    return DataTypes.createStructField(name, type, true);
  }

  private static DataType array(DataType element) {
    return DataTypes.createArrayType(element, true);
  }

  private static DataType numbers(Encoding.Table encoding, String name) {
    boolean vectors =
        encoding.inputScaling().columns().stream()
            .anyMatch(column -> column.name().startsWith(name + "["));
    return array(vectors ? array(DataTypes.DoubleType) : DataTypes.DoubleType);
  }

  private static StructType row(List<StructField> cells) {
    StructType row =
        new StructType().add("id", DataTypes.StringType).add("time", DataTypes.StringType);
    for (StructField cell : cells) {
      row = row.add(cell);
    }
    return row.add("file", DataTypes.StringType)
        .add("block", DataTypes.LongType)
        .add("malformed", DataTypes.StringType);
  }

  private static DataType type(AnswerFields fields) {
    List<StructField> answers = answers(fields);
    return answers.size() == 1 ? answers.get(0).dataType() : DataTypes.createStructType(answers);
  }

  /** All but the reason. */
  private static List<StructField> answers(AnswerFields fields) {
    return fields.fields().subList(0, fields.fields().size() - 1);
  }

  /** The answer to a sequence; null if there is none. */
  Object of(Object... columns) {
    Object[] cells = new Object[BEFORE + arguments.length + BEHIND];
    for (int c = 0; c < arguments.length; c++) {
      cells[BEFORE + c] = columns[arguments[c]];
    }
    cells[BEFORE + arguments.length] = FrameRows.SOURCE;
    cells[BEFORE + arguments.length + 1] = 0L;
    RawSequence raw = inputs.onGrid(new TaskSequences(layout).of(SparkApi.row(cells, type)));
    Iterator<Answer> made = new Answers(model.value().get(), List.of(inputs.of(raw)).iterator());
    List<Answer> answers = new ArrayList<>();
    made.forEachRemaining(answers::add);
    if (answers.isEmpty() || answers.get(0).reason() != null) {
      return null;
    }
    List<Object> all = fields.cells(answers, raw.length());
    List<Object> told = all.subList(0, all.size() - 1);
    return told.size() == 1 ? told.get(0) : RowFactory.create(told.toArray());
  }
}
