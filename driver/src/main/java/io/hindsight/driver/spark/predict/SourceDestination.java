package io.hindsight.driver.spark.predict;

import io.hindsight.driver.answer.TableOutput;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Row;

/**
 * A source that has rules of its own for what appears when: a table format such as Delta or
 * Iceberg, which commits all rows at once, or a database, to which each task commits its rows.
 */
record SourceDestination(TableOutput output) implements Destination {
  @Override
  public void write(DataFrameWriter<Row> writer) {
    DataFrameWriter<Row> moded = writer.mode(Destination.word(output.mode()));
    if (output.location().isPresent()) {
      moded.save(output.location().get());
    } else {
      moded.save();
    }
  }
}
