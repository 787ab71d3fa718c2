package io.hindsight.driver.spark.predict;

import io.hindsight.datasets.rows.KeptTypes;
import io.hindsight.driver.answer.Answer;
import io.hindsight.driver.answer.AnswerColumns;
import io.hindsight.driver.answer.AnsweringModel;
import io.hindsight.driver.answer.Answers;
import io.hindsight.driver.answer.KeptBeside;
import io.hindsight.driver.answer.KeptColumn;
import io.hindsight.driver.answer.KeptInput;
import io.hindsight.driver.engine.KernelLog;
import io.hindsight.driver.spark.codec.ModelMessage;
import java.util.ArrayList;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/** What a task does: rows of the answers to its sequences, made as they are written. */
final class AnswerRows implements FlatMapFunction<Iterator<KeptInput>, Row> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<ModelMessage> model;
  private final ArrayList<KeptColumn> kept;
  private final String version;
  private final KeptTypes types;
  private final RowCounts counts;

  AnswerRows(
      Broadcast<ModelMessage> model,
      ArrayList<KeptColumn> kept,
      String version,
      KeptTypes types,
      RowCounts counts) {
    this.model = model;
    this.kept = kept;
    this.version = version;
    this.types = types;
    this.counts = counts;
  }

  @Override
  public Iterator<Row> call(Iterator<KeptInput> inputs) {
    KernelLog.writeOnce();
    KeptBeside beside = new KeptBeside(inputs);
    Answers answers = new Answers(model.value().model(), beside);
    AnsweringModel answering = model.value().model();
    AnswerColumns columns =
        AnswerColumns.of(answering.encoding(), answering.network().output(), answering.choice());
    AnswerSchema schema = new AnswerSchema(kept, columns, version, types);
    int partition = TaskContext.getPartitionId();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return answers.hasNext();
      }

      @Override
      public Row next() {
        Answer answer = answers.next();
        counts.add(partition, answer);
        return schema.row(answer, beside.of(answer));
      }
    };
  }
}
