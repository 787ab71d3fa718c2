package io.hindsight.driver.spark.stream;

import io.hindsight.driver.spark.ml.SentModel;
import io.hindsight.driver.stateful.StatefulModel;
import org.apache.spark.broadcast.Broadcast;

/** The same model at all triggers. */
record OneModel(Broadcast<SentModel> model, String version, int minLength, int replay)
    implements Models {
  @Override
  public StatefulModel of(long trigger) {
    return new StatefulModel(version, model.value().get(), minLength, replay);
  }
}
