package io.hindsight.driver.spark.predict;

import io.hindsight.driver.answer.Answer;
import io.hindsight.driver.answer.AnswerColumns;
import io.hindsight.driver.answer.KeptColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The rows that Spark writes: the kept columns, {@code step}, {@code prediction} or one {@code
 * prediction_<target>} per target, {@code probability} of a class, {@code target_time} where it can
 * be known, {@code model_version} and {@code reason}. All may be null.
 *
 * <p>Where a kept column has one of these names, in whatever case, ours ends in {@code _}.
 */
final class AnswerSchema {
  private final List<KeptColumn> kept;
  private final AnswerColumns columns;
  private final String version;
  private final StructType type;

  /**
   * A schema.
   *
   * @param version of the model, which stands in every row
   */
  AnswerSchema(List<KeptColumn> kept, AnswerColumns columns, String version) {
    this.kept = kept;
    this.columns = columns;
    this.version = version;
    StructType all = new StructType();
    for (KeptColumn column : kept) {
      all = all.add(column.name(), DataTypes.StringType);
    }
    all = add(all, "step", DataTypes.IntegerType);
    for (int value = 0; value < columns.targets().size(); value++) {
      DataType of = columns.isText(value) ? DataTypes.StringType : DataTypes.DoubleType;
      all = add(all, prediction(value), of);
    }
    if (columns.probability()) {
      all = add(all, AnswerColumns.PROBABILITY, DataTypes.DoubleType);
    }
    if (columns.targetTimes()) {
      all = add(all, "target_time", DataTypes.StringType);
    }
    all = add(all, "model_version", DataTypes.StringType);
    type = add(all, "reason", DataTypes.StringType);
  }

  private String prediction(int value) {
    boolean only = columns.targets().size() == 1;
    return only ? "prediction" : "prediction_" + columns.targets().get(value);
  }

  private StructType add(StructType all, String wished, DataType of) {
    String name = wished;
    while (isKept(name)) {
      name += "_";
    }
    return all.add(name, of);
  }

  private boolean isKept(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return kept.stream().anyMatch(column -> column.name().toLowerCase(Locale.ROOT).equals(lower));
  }

  /** Names and types of the columns. */
  StructType type() {
    return type;
  }

  /** An answer as a row. */
  Row row(Answer answer) {
    List<Object> cells = new ArrayList<>(type.size());
    kept.forEach(column -> cells.add(column.of(answer)));
    cells.add(answer.step());
    cells.addAll(answer.values());
    if (columns.targetTimes()) {
      cells.add(answer.targetTime());
    }
    cells.add(version);
    cells.add(answer.reason());
    return RowFactory.create(cells.toArray());
  }
}
