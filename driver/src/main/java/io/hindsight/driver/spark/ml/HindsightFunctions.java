package io.hindsight.driver.spark.ml;

import io.hindsight.driver.config.ConfigException;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.UDFRegistration;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.api.java.UDF5;
import org.apache.spark.sql.api.java.UDF6;
import org.apache.spark.sql.api.java.UDF7;
import org.apache.spark.sql.api.java.UDF8;
import org.apache.spark.sql.types.DataType;

/**
 * Functions of SQL that answer by a model.
 *
 * <p>A function takes the columns that the model reads, an array of each, or one value where the
 * column is the same for the whole sequence. It answers what {@link SequenceModel} puts into the
 * column of predictions, or a struct where the model has other columns of answers, too, and null
 * for a sequence without an answer. One sequence is computed at a time; {@link
 * SequenceModel#transform} computes eight.
 */
public final class HindsightFunctions {
  /** Columns of a function at most. */
  static final int MOST = 8;

  private HindsightFunctions() {}

  /**
   * Registers a function for the session.
   *
   * @param name by which SQL calls it
   * @param model a run's {@code model/}, or a registry, which means its champion now
   * @return the columns of the model that the function takes, in their order
   * @throws ConfigException if the model reads more columns than a function takes
   * @throws io.hindsight.driver.model.ModelException if the model cannot be used
   */
  public static List<String> register(SparkSession session, String name, String model) {
    return register(session, name, SequenceModel.open(model));
  }

  /** As the other, of a model that is there. */
  public static List<String> register(SparkSession session, String name, SequenceModel model) {
    AnswerFunction.Made made = AnswerFunction.of(model, session.sparkContext());
    if (made.columns().size() > MOST) {
      throw ConfigException.of(
          name,
          "a function takes at most %d columns, and the model reads %s; use SequenceModel"
              .formatted(MOST, made.columns()));
    }
    register(session.udf(), name, made);
    return made.columns();
  }

  private static void register(UDFRegistration to, String name, AnswerFunction.Made made) {
    AnswerFunction function = made.function();
    DataType type = made.type();
    switch (made.columns().size()) {
      case 1 -> to.register(name, (UDF1<Object, Object>) function::of, type);
      case 2 -> to.register(name, (UDF2<Object, Object, Object>) function::of, type);
      case 3 -> to.register(name, (UDF3<Object, Object, Object, Object>) function::of, type);
      case 4 ->
          to.register(name, (UDF4<Object, Object, Object, Object, Object>) function::of, type);
      case 5 ->
          to.register(
              name, (UDF5<Object, Object, Object, Object, Object, Object>) function::of, type);
      case 6 ->
          to.register(
              name,
              (UDF6<Object, Object, Object, Object, Object, Object, Object>) function::of,
              type);
      case 7 ->
          to.register(
              name,
              (UDF7<Object, Object, Object, Object, Object, Object, Object, Object>) function::of,
              type);
      default ->
          to.register(
              name,
              (UDF8<Object, Object, Object, Object, Object, Object, Object, Object, Object>)
                  function::of,
              type);
    }
  }
}
