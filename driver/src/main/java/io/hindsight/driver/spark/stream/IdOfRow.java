package io.hindsight.driver.spark.stream;

import io.hindsight.datasets.rows.Cells;
import io.hindsight.datasets.rows.RowCounter;
import io.hindsight.datasets.rows.RowLayout;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Row;

/** The id of the sequence that a row is a step of. */
final class IdOfRow implements MapFunction<Row, String> {
  private static final long serialVersionUID = 1L;

  private final RowLayout layout;
  private transient RowCounter counter; // null before the first row of a task

  IdOfRow(RowLayout layout) {
    this.layout = layout;
  }

  @Override
  public String call(Row row) {
    if (counter == null) {
      counter = new RowCounter(layout);
    }
    return layout.id(new Cells(row, counter.next(row), layout));
  }
}
