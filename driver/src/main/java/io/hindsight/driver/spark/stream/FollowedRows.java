package io.hindsight.driver.spark.stream;

import io.hindsight.datasets.rows.TimeKey;
import io.hindsight.datasets.sequences.TaskSequences.Step;
import io.hindsight.driver.answer.Answer;
import io.hindsight.driver.spark.ml.AnswerFields;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The rows of a query: those that were read, with the cells of the answer behind their own, the
 * version where that is told, and whether they came too late for one.
 */
final class FollowedRows implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String LATE = "late: a row of this time, or of a later one, was read before";

  private final AnswerFields fields;
  private final boolean tellsVersion;

  /**
   * Of a query.
   *
   * @param tellsVersion whether a cell with the version follows those of the answer
   */
  FollowedRows(AnswerFields fields, boolean tellsVersion) {
    this.fields = fields;
    this.tellsVersion = tellsVersion;
  }

  /** The row as it was read, which stands behind its columns. */
  static Row own(Step step) {
    return step.row().getStruct(step.row().size() - 1);
  }

  /** That of a row that is late. */
  Row late(Step step) {
    return row(step, fields.none(LATE), null, true);
  }

  /**
   * Those of rows that were answered. Of rows of one time that are read as one step, the first has
   * the answer.
   *
   * @param answers of each time
   */
  List<Row> answered(List<Step> steps, List<List<Answer>> answers, String version) {
    List<Row> rows = new ArrayList<>(steps.size());
    TimeKey before = null;
    int next = 0;
    for (Step step : steps) {
      boolean isFirst = !step.key().equals(before);
      List<Object> cells = isFirst ? fields.cells(answers.get(next++), 1) : fields.none(null);
      rows.add(row(step, cells, version, false));
      before = step.key();
    }
    return rows;
  }

  private Row row(Step step, List<Object> cells, String version, boolean isLate) {
    Row own = own(step);
    List<Object> all = new ArrayList<>(own.size() + cells.size() + 2);
    for (int i = 0; i < own.size(); i++) {
      all.add(own.get(i));
    }
    all.addAll(cells);
    if (tellsVersion) {
      all.add(version);
    }
    all.add(isLate);
    return RowFactory.create(all.toArray());
  }
}
