package io.hindsight.driver.spark.ml;

import io.hindsight.datasets.files.ScalaValues;
import io.hindsight.driver.config.yaml.YamlEmitter;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** Parameters of an estimator that name columns, in place of keys of its configuration. */
final class FittedColumns {
  final Param<String> features;
  final Param<String> label;
  final Param<String> weight;
  final Param<String> validation;

  FittedColumns(Params stage) {
    features =
        new Param<>(
            stage, "featuresCol", "column of the inputs, numbers or vectors; else data.inputs");
    label = new Param<>(stage, "labelCol", "column that is predicted; else data.targets");
    weight = new Param<>(stage, "weightCol", "column of weights of the targets; else data.weight");
    validation =
        new Param<>(
            stage,
            "validationIndicatorCol",
            "column that is true in rows of the validation part, and else false; else data.split");
  }

  /** The changes of the configuration that the set ones are, {@code section.key=value} each. */
  List<String> changes(Params stage, ModelColumns columns) {
    List<String> changes = new ArrayList<>();
    add(changes, "data.inputs=[%s]", stage, features);
    add(changes, "data.targets=[%s]", stage, label);
    add(changes, "data.weight=%s", stage, weight);
    add(
        changes,
        "data.split={by: column, column: %s, validation-value: \"true\"}",
        stage,
        validation);
    add(changes, "data.sequence=%s", stage, columns.sequence);
    add(changes, "data.time=%s", stage, columns.time);
    return changes;
  }

  private static void add(List<String> to, String change, Params stage, Param<String> param) {
    ScalaValues.optional(stage.get(param))
        .ifPresent(name -> to.add(change.formatted(YamlEmitter.quoted(name))));
  }
}
