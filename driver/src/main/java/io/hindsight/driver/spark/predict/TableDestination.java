package io.hindsight.driver.spark.predict;

import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.answer.TableOutput.Mode;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.spark.session.Sessions;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A table of a catalog. A new one gets its name when all its rows are written. What becomes of an
 * old one that is overwritten is the catalog's affair: Delta and Iceberg replace it in one step,
 * while Spark's own catalog drops it first.
 */
record TableDestination(TableOutput output, String name, Optional<ExistingTable> old)
    implements Destination {
  private static final String CATALOG = "spark.sql.catalog.";

  /**
   * The destination, if the table may be written.
   *
   * @param names of the columns of the rows
   */
  static TableDestination open(TableOutput output, Sessions sessions, List<String> names) {
    String name =
        output
            .location()
            .orElseThrow(
                () ->
                    ConfigException.of(
                        "--format table", "a table needs a name; name it with --output"));
    requireLasting(name, sessions);
    try {
      if (output.mode() == Mode.ERROR && sessions.session().catalog().tableExists(name)) {
        throw Destination.exists("table " + name);
      }
      return new TableDestination(output, name, old(output, sessions, name, names));
    } catch (Exception refusal) { // Scala declares no checked exceptions
      throw WriteErrors.translate(refusal, output);
    }
  }

  private static Optional<ExistingTable> old(
      TableOutput output, Sessions sessions, String name, List<String> names)
      throws AnalysisException {
    if (output.mode() != Mode.APPEND) {
      return Optional.empty();
    }
    Optional<ExistingTable> old = ExistingTable.find(sessions.session(), name);
    old.ifPresent(table -> table.require(names, output.partitionBy()));
    return old;
  }

  /** A catalog in memory forgets the table with the session, and leaves its files. */
  private static void requireLasting(String name, Sessions sessions) {
    SparkSession session = sessions.session();
    String first = name.contains(".") ? name.substring(0, name.indexOf('.')) : "spark_catalog";
    boolean other =
        session.conf().contains(CATALOG + first)
            || session.conf().contains(CATALOG + "spark_catalog")
            || session.conf().contains("spark.sql.defaultCatalog");
    boolean inMemory =
        session.conf().get("spark.sql.catalogImplementation", "in-memory").equals("in-memory");
    if (sessions.isOwn() && inMemory && !other) {
      throw ConfigException.of(
          "--output " + name,
          "the catalog is in memory, so the table would end with this command; give a lasting one"
              + " with --conf spark.sql.catalogImplementation=hive or --conf spark.sql.catalog.NAME=…,"
              + " or write files with --format parquet");
    }
  }

  @Override
  public void write(DataFrameWriter<Row> writer) {
    DataFrameWriter<Row> told = old.map(table -> table.told(writer)).orElse(writer);
    told.mode(Destination.word(output.mode())).saveAsTable(name);
  }
}
