package io.hindsight.driver.spark.stream;

import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.driver.answer.AnsweringModel;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.predict.TablePredictions;
import io.hindsight.driver.spark.ml.AnswerFields;
import io.hindsight.driver.spark.ml.Form;
import io.hindsight.driver.stateful.CausalModels;
import io.hindsight.driver.stateful.StatefulModel;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/**
 * The champion at each trigger, which must read and answer the columns that the query was begun
 * with.
 *
 * @param schema of the rows
 * @param sequence the column that tells sequences apart; null for that of training
 * @param time the column that orders rows; null for that of training
 * @param reading how the rows of the query are read, as {@link Form#reading} tells
 * @param names of the columns of its answers
 * @param fields these columns
 */
record ChampionModels(
    Champions champions,
    StructType schema,
    String sequence,
    String time,
    String reading,
    AnswerFields.Names names,
    AnswerFields fields,
    int replay)
    implements Models {
  @Override
  public StatefulModel of(long trigger) {
    ModelBundle bundle = champions.at(trigger);
    String version = bundle.version().orElseThrow();
    AnsweringModel model = TablePredictions.answering(bundle);
    CausalModels.require(model, "version " + version);
    Form own =
        Form.of(
            (TableSpec) bundle.config().data(),
            (Encoding.Table) bundle.encoding(),
            schema,
            Optional.ofNullable(sequence),
            Optional.ofNullable(time));
    if (!own.reading().equals(reading)
        || !fields.equals(AnswerFields.of(model, false, true, names))) {
      throw ConfigException.of(
          "version " + version,
          "the new champion of %s reads or answers other columns than the query was begun with; start the query again from its checkpoint, with a sink that takes them"
              .formatted(champions.location()));
    }
    return new StatefulModel(version, model, own.spec().minLength().orElse(0), replay);
  }
}
