package io.hindsight.driver.spark.ml;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.encoded.EncodedInput;
import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.sequences.TaskSequences;
import io.hindsight.datasets.source.SequenceInputs;
import io.hindsight.driver.answer.Answer;
import io.hindsight.driver.answer.AnsweringModel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What a task does where each row holds a sequence: the same row, with its answers.
 *
 * @param layout of the rows, behind whose columns the whole row stands
 */
record NestedAnswers(
    Broadcast<SentModel> model, RowLayout layout, SequenceInputs inputs, AnswerFields fields)
    implements MapPartitionsFunction<Row, Row> {

  /** A row that was read. */
  private record Read(Row row, RawSequence raw, EncodedInput input) implements AnsweredRows.Read {}

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    AnsweringModel answering = model.value().get();
    TaskSequences sequences = new TaskSequences(layout);
    Iterator<Read> read = AnsweredRows.mapped(rows, row -> read(sequences, row));
    return new AnsweredRows<>(answering, read, this::rows);
  }

  private Read read(TaskSequences sequences, Row row) {
    RawSequence raw = inputs.onGrid(sequences.of(row));
    return new Read(row.getStruct(row.size() - 1), raw, inputs.of(raw));
  }

  private List<Row> rows(Read read, List<Answer> answers) {
    List<Object> cells =
        answers.isEmpty() ? fields.none(null) : fields.cells(answers, read.raw().length());
    return List.of(beside(read.row(), cells));
  }

  /** A row with more cells behind its own. */
  static Row beside(Row row, List<Object> cells) {
    List<Object> all = new ArrayList<>(row.size() + cells.size());
    for (int i = 0; i < row.size(); i++) {
      all.add(row.get(i));
    }
    all.addAll(cells);
    return RowFactory.create(all.toArray());
  }
}
