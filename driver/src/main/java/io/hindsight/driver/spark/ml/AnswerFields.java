package io.hindsight.driver.spark.ml;

import io.hindsight.datasets.spec.Horizon;
import io.hindsight.driver.answer.Answer;
import io.hindsight.driver.answer.AnswerColumns;
import io.hindsight.driver.answer.AnsweringModel;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.data.RunData;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of answers beside those of a data set: {@code prediction} or {@code
 * prediction_<target>} for each of several targets, with its quantiles, {@code probability} of a
 * class, {@code target_time} where it can be known, {@code reason}. All may be null.
 *
 * @param predictions names of the predictions and their quantiles
 * @param texts whether the first of them is the name of a class, or of several
 * @param probability the column of a class's probability; null if there is none
 * @param targetTime whether the time that is answered for is told
 * @param reason the column that tells why there is no answer
 * @param shape whether a row has one answer, or an array of them
 */
public record AnswerFields(
    List<String> predictions,
    boolean texts,
    String probability,
    boolean targetTime,
    String reason,
    Shape shape)
    implements Serializable {
  static final String TARGET_TIME = "target_time";

  /** What a row has of each column. */
  public enum Shape {
    /** One answer. */
    ONE,
    /** An array with an element for each step of its sequence, null where that has no answer. */
    STEPS,
    /** An array with an element for each horizon. */
    HORIZONS;

    /** What a model gives a row. */
    static Shape of(Horizon horizon, boolean nested, boolean lastStepOnly) {
      if (!horizon.isSingle()) {
        return HORIZONS;
      }
      return nested && !lastStepOnly ? STEPS : ONE;
    }
  }

  public AnswerFields {
    predictions = List.copyOf(predictions); // serializable
  }

  /**
   * Of the answers of a model.
   *
   * @param times whether the data set has times
   */
  public static AnswerFields of(AnsweringModel model, boolean nested, boolean times, Names names) {
    AnswerColumns columns =
        AnswerColumns.of(model.encoding(), model.network().output(), model.choice());
    boolean once =
        model.network().output().loss().targetsAreStrings()
            || RunData.scoresLastStepOnly(model.bptt(), model.network().output().at());
    return of(columns, Shape.of(model.encoding().horizon(), nested, once), times, names);
  }

  /** Of answers of which the columns are known. */
  static AnswerFields of(AnswerColumns columns, Shape shape, boolean times, Names names) {
    return new AnswerFields(
        columns.predictions().stream().map(names::prediction).toList(),
        columns.isText(0),
        columns.probability() ? names.probability() : null,
        columns.targetTimes() && times,
        names.reason(),
        shape);
  }

  /** How the columns are called. */
  public record Names(String prediction, String probability, String reason)
      implements Serializable {
    private String prediction(String usual) {
      return prediction + usual.substring(ModelColumns.PREDICTION.length());
    }
  }

  /** The columns, in their order. */
  List<StructField> fields() {
    List<StructField> fields = new ArrayList<>();
    for (int value = 0; value < predictions.size(); value++) {
      boolean isText = texts && value == 0;
      fields.add(field(predictions.get(value), isText));
    }
    if (probability != null) {
      fields.add(field(probability, false));
    }
    if (targetTime) {
      fields.add(field(TARGET_TIME, true));
    }
    fields.add(DataTypes.createStructField(reason, DataTypes.StringType, true));
    return fields;
  }

  private StructField field(String name, boolean isText) {
    DataType one = isText ? DataTypes.StringType : DataTypes.DoubleType;
    DataType type = shape == Shape.ONE ? one : DataTypes.createArrayType(one, true);
    return DataTypes.createStructField(name, type, true);
  }

  /**
   * The columns behind those of a data set.
   *
   * @throws ConfigException if that has one of such a name
   */
  public StructType behind(StructType schema) {
    StructType all = schema;
    for (StructField field : fields()) {
      if (Arrays.stream(schema.fieldNames()).anyMatch(field.name()::equalsIgnoreCase)) {
        boolean fixed = field.name().equals(TARGET_TIME);
        throw ConfigException.of(
            field.name(),
            "the data set has a column of this name, which the answers have, too; drop or rename it"
                + (fixed ? "" : ", or set predictionCol, probabilityCol or reasonCol"));
      }
      all = all.add(field);
    }
    return all;
  }

  /** A row without an answer. */
  public List<Object> none(String why) {
    Object[] cells = new Object[fields().size()];
    cells[cells.length - 1] = why;
    return Arrays.asList(cells);
  }

  /**
   * The cells of a row.
   *
   * @param answers to it, at least one
   * @param steps of its sequence
   */
  public List<Object> cells(List<Answer> answers, int steps) {
    Answer first = answers.get(0);
    if (first.reason() != null) {
      return none(first.reason());
    }
    int values = predictions.size() + (probability == null ? 0 : 1);
    List<Object> cells = new ArrayList<>();
    for (int value = 0; value < values; value++) {
      int at = value;
      cells.add(cell(answers, steps, answer -> AnswerColumns.asText(answer.values().get(at))));
    }
    if (targetTime) {
      cells.add(cell(answers, steps, Answer::targetTime));
    }
    cells.add(null);
    return cells;
  }

  /** What is taken of an answer. */
  private interface Part {
    Object of(Answer answer);
  }

  private Object cell(List<Answer> answers, int steps, Part part) {
    if (shape == Shape.ONE) {
      return part.of(answers.get(answers.size() - 1));
    }
    if (shape == Shape.HORIZONS) {
      return answers.stream().map(part::of).toArray();
    }
    Object[] each = new Object[steps];
    answers.forEach(answer -> each[answer.step()] = part.of(answer));
    return each;
  }
}
