package io.hindsight.driver.spark.stream;

import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.driver.answer.AnsweringModel;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.predict.ModelBundle;
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
 * @param begun the version that the query was begun with
 * @param schema of the rows
 * @param sequence the column that tells sequences apart; null for that of training
 * @param time the column that orders rows; null for that of training
 * @param reading how the rows of the query are read, as {@link Form#reading} tells
 * @param names of the columns of its answers
 * @param fields these columns
 */
record ChampionModels(
    Champions champions,
    String begun,
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
    Champions.Champion champion = champions.at(trigger);
    ModelBundle bundle = champion.bundle();
    String version = bundle.version().orElseThrow();
    AnsweringModel model = champion.model();
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
          "the champion of %s as the trigger began reads or answers other columns than version %s, which the query was begun with; if %s became the champion after it, start the query again from its checkpoint, with a sink that takes its columns; if before, make it the champion again, start the query, and change the champion while it runs"
              .formatted(champions.location(), begun, version));
    }
    return new StatefulModel(version, model, own.spec().minLength().orElse(0), replay);
  }
}
