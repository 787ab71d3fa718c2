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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/**
 * What a task does where each row is a step: the rows of each sequence in the order of time, with
 * the answers of their steps. Rows that are no step of their own follow those that are; of rows of
 * one time that are read as one step, the first stands for it.
 *
 * @param layout of the rows, which come one sequence after the other; its kept cell tells each row
 *     from all others, and behind it the whole row stands
 */
record StepAnswers(
    Broadcast<SentModel> model, RowLayout layout, SequenceInputs inputs, AnswerFields fields)
    implements MapPartitionsFunction<Row, Row> {
  private static final int ID = 0;

  /**
   * A sequence that was read.
   *
   * @param rows by their kept cells
   */
  private record Read(Map<String, Row> rows, RawSequence raw, EncodedInput input)
      implements AnsweredRows.Read {}

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    AnsweringModel answering = model.value().get();
    TaskSequences sequences = new TaskSequences(layout);
    Iterator<Read> read = AnsweredRows.mapped(new Groups(rows), group -> read(sequences, group));
    return new AnsweredRows<>(answering, read, this::rows);
  }

  private Read read(TaskSequences sequences, List<Row> group) {
    Map<String, Row> rows = new LinkedHashMap<>();
    for (Row row : group) {
      int last = row.size() - 1;
      rows.put(row.getString(last - 1), row.getStruct(last));
    }
    RawSequence raw = inputs.onGrid(sequences.of(group));
    return new Read(rows, raw, inputs.of(raw));
  }

  private List<Row> rows(Read read, List<Answer> answers) {
    String why = answers.isEmpty() ? null : answers.get(0).reason();
    Map<Integer, List<Answer>> bySteps = new TreeMap<>();
    answers.stream()
        .filter(answer -> answer.step() != null)
        .forEach(a -> bySteps.computeIfAbsent(a.step(), step -> new ArrayList<>()).add(a));
    Map<String, Row> left = new LinkedHashMap<>(read.rows());
    List<Row> made = new ArrayList<>();
    List<String> kept = read.raw().kept();
    for (int step = 0; step < kept.size(); step++) {
      Row row = left.remove(kept.get(step)); // null at a step that was put in
      if (row != null) {
        List<Answer> own = bySteps.get(step);
        List<Object> cells = own == null ? fields.none(why) : fields.cells(own, 1);
        made.add(NestedAnswers.beside(row, cells));
      }
    }
    left.values().forEach(row -> made.add(NestedAnswers.beside(row, fields.none(why))));
    return made;
  }

  /** The rows of each sequence, which follow each other. */
  private static final class Groups implements Iterator<List<Row>> {
    private final Iterator<Row> rows;
    private Row next; // null at the end

    Groups(Iterator<Row> rows) {
      this.rows = rows;
      next = rows.hasNext() ? rows.next() : null;
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public List<Row> next() {
      Object id = next.get(ID);
      List<Row> group = new ArrayList<>();
      while (next != null && Objects.equals(id, next.get(ID))) {
        group.add(next);
        next = rows.hasNext() ? rows.next() : null;
      }
      return group;
    }
  }
}
