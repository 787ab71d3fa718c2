package io.hindsight.driver.spark.predict;

import io.hindsight.datasets.DataException;
import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.spark.session.Sessions;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Row;

/** Where a table of answers goes. */
sealed interface Destination extends AutoCloseable
    permits FileDestination, TableDestination, SourceDestination {
  /**
   * The destination of an output, which is free to be written.
   *
   * @param names of the columns of the rows
   * @throws ConfigException if it cannot be written
   * @throws DataException if something is there that must not be
   */
  static Destination open(TableOutput output, Sessions sessions, List<String> names) {
    if (output.format().equals(TableOutput.TABLE)) {
      return TableDestination.open(output, sessions, names);
    }
    return FileDestination.FORMATS.contains(output.format().toLowerCase(Locale.ROOT))
        ? FileDestination.open(output, sessions)
        : new SourceDestination(output);
  }

  /** The refusal of an output that is there. */
  static DataException exists(String output) {
    return new DataException(
        "the output must not exist yet",
        output,
        "--output",
        "name another, or use --mode append or --mode overwrite");
  }

  /** Spark's word for a mode. */
  static String word(TableOutput.Mode mode) {
    return mode == TableOutput.Mode.ERROR ? "errorifexists" : mode.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Writes all rows.
   *
   * @param writer has format, options and partition columns
   */
  void write(DataFrameWriter<Row> writer);

  /**
   * Makes what was written appear under the output's name, where it does not stand there yet.
   *
   * @param partitions the numbers of the partitions that have rows
   */
  default void finish(Set<Integer> partitions) {}

  /** Removes what was not finished. */
  @Override
  default void close() {}
}
