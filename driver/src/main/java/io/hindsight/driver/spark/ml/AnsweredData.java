package io.hindsight.driver.spark.ml;

import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.source.SequenceInputs;
import io.hindsight.datasets.table.FrameRows;
import io.hindsight.driver.answer.AnsweringModel;
import io.hindsight.driver.config.ConfigException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A data set with the answers of a model. Nothing is computed before its rows are asked for, and
 * each row of answers depends on its sequence and the model alone.
 */
final class AnsweredData {
  private static final String WHOLE = "__hindsight_row";
  private static final String SPACES = "^\\p{javaWhitespace}+|\\p{javaWhitespace}+\\z";

  private final AnsweringModel model;
  private final Broadcast<SentModel> sent;
  private final int minLength;

  AnsweredData(AnsweringModel model, Broadcast<SentModel> sent, int minLength) {
    this.model = model;
    this.sent = sent;
    this.minLength = minLength;
  }

  /**
   * The rows with their answers.
   *
   * @throws ConfigException for a stream of steps, of which none is ever the last
   */
  Dataset<Row> of(Dataset<Row> data, Form form, AnswerFields fields) {
    StructType type = fields.behind(data.schema());
    SequenceInputs inputs = new SequenceInputs(model.encoding(), minLength);
    Dataset<Row> answered =
        form.nested()
            ? nested(data, form, fields, inputs, type)
            : steps(data, form, fields, inputs, type);
    return withMetadata(answered, type);
  }

  private Dataset<Row> nested(
      Dataset<Row> data, Form form, AnswerFields fields, SequenceInputs inputs, StructType type) {
    FrameRows rows = FrameRows.of(readable(data, List.of()), form.spec(), form.read(), WHOLE);
    return rows.rows()
        .mapPartitions(new NestedAnswers(sent, rows.layout(), inputs, fields), Encoders.row(type));
  }

  private Dataset<Row> steps(
      Dataset<Row> data, Form form, AnswerFields fields, SequenceInputs inputs, StructType type) {
    if (data.isStreaming()) {
      throw ConfigException.of(
          "transform",
          "rows of a stream that are steps cannot be answered, since more steps of a sequence may follow; use SequenceStream, or bring rows that hold whole sequences in arrays, or batches");
    }
    Column number =
        functions.monotonically_increasing_id().cast(DataTypes.StringType).as(RowLayout.TAG);
    Dataset<Row> numbered = readable(data, List.of(number));
    Form keeping = form.keeping(RowLayout.TAG);
    FrameRows rows = FrameRows.of(numbered, keeping.spec(), keeping.read(), WHOLE);
    Dataset<Row> steps = bySequence(rows.rows());
    Column id = steps.col(FrameRows.ID);
    return steps
        .repartition(id)
        .sortWithinPartitions(id)
        .mapPartitions(new StepAnswers(sent, rows.layout(), inputs, fields), Encoders.row(type));
  }

  /** Ids without spaces around them, as they are read, so that equal ones come together. */
  private static Dataset<Row> bySequence(Dataset<Row> steps) {
    Column id = steps.col(FrameRows.ID);
    DataType type = steps.schema().apply(FrameRows.ID).dataType();
    if (type instanceof ArrayType) {
      return steps.withColumn(FrameRows.ID, functions.transform(id, AnsweredData::stripped));
    }
    return type instanceof StringType ? steps.withColumn(FrameRows.ID, stripped(id)) : steps;
  }

  private static Column stripped(Column text) {
    return functions.regexp_replace(text, SPACES, "");
  }

  /** The columns as they can be read, and each row as it is. */
  private static Dataset<Row> readable(Dataset<Row> data, List<Column> others) {
    Column[] own =
        List.of(data.columns()).stream()
            .map(name -> Vectors.column(data, name))
            .toArray(Column[]::new);
    List<Column> columns = new ArrayList<>(Vectors.readable(data));
    columns.add(functions.struct(own).as(WHOLE));
    columns.addAll(others);
    return data.select(columns.toArray(Column[]::new));
  }

  /** What other stages of a pipeline have written beside columns, which rows lose. */
  private static Dataset<Row> withMetadata(Dataset<Row> data, StructType type) {
    List<Column> columns = new ArrayList<>();
    for (StructField field : type.fields()) {
      columns.add(Vectors.column(data, field.name()).as(field.name(), field.metadata()));
    }
    return data.select(columns.toArray(Column[]::new));
  }
}
