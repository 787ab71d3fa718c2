package io.hindsight.driver.spark.ml;

import io.hindsight.datasets.spec.Horizon;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.driver.answer.AnswerColumns;
import io.hindsight.driver.config.ModelConfig;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.recursive.RecursiveOutput;
import io.hindsight.driver.score.interval.QuantileName;
import io.hindsight.kernels.distribution.NumberAnswers;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.output.LossOptions;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructType;

/** The columns that a model will answer with, as far as its configuration tells before training. */
final class PlannedAnswers {
  private PlannedAnswers() {}

  /** Target columns of vectors count as one; of times that are answered for nothing is known. */
  static AnswerFields of(RunConfig config, StructType schema, AnswerFields.Names names) {
    TableSpec table = (TableSpec) config.data();
    ModelConfig model = config.model();
    Horizon horizon = table.target().horizon();
    TargetKind kind = table.target().kind();
    boolean once =
        model.loss().targetsAreStrings()
            || RunData.scoresLastStepOnly(config.training().bptt(), model.at());
    AnswerColumns columns =
        new AnswerColumns(
            table.names().targets(),
            kind.isOfClasses() ? List.of() : quantiles(table, model),
            kind.isOneClass(),
            kind == TargetKind.LABEL_STRING,
            !horizon.isSingle(),
            false);
    boolean nested = isNested(schema, table.names().time());
    return AnswerFields.of(columns, AnswerFields.Shape.of(horizon, nested, once), false, names);
  }

  private static boolean isNested(StructType schema, List<String> time) {
    return time.isEmpty() || schema.apply(time.get(0)).dataType() instanceof ArrayType;
  }

  private static List<String> quantiles(TableSpec table, ModelConfig model) {
    int outputs = table.names().targets().size() * table.target().horizon().outputs();
    LossOptions options =
        model.loss().targetsAreCounts()
            ? model.options().withElementScales(Collections.nCopies(outputs, 1.0))
            : model.options();
    OutputSpec trained = new OutputSpec(outputs, model.loss(), model.at(), options);
    OutputSpec output = RecursiveOutput.of(trained, table.target().horizon());
    return new NumberAnswers(output).others().stream().map(QuantileName::of).toList();
  }
}
