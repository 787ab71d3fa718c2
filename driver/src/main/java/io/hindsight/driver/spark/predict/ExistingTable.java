package io.hindsight.driver.spark.predict;

import io.hindsight.driver.config.ConfigException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalog.Column;
import org.apache.spark.sql.catalog.Table;

/**
 * A table of Spark's own catalog that rows are added to. Spark knows its format and the columns
 * that divide it, but adds rows only if it is told the same.
 *
 * @param name as the user gave it
 * @param format what the catalog calls its provider
 * @param columns all of it
 */
record ExistingTable(String name, String format, List<Column> columns) {
  private static final String OWN_CATALOG = "spark_catalog";
  private static final String DETAILS = "# Detailed Table Information"; // stands behind the columns
  private static final String PROVIDER = "Provider";

  /** Formats whose tables never get further columns; others have rules of their own. */
  private static final Set<String> FIXED =
      Set.of("avro", "csv", "hive", "jdbc", "json", "orc", "parquet", "text", "xml");

  /**
   * The table of a name; absent if there is none, or if another catalog has it, which needs to be
   * told nothing.
   *
   * @throws ConfigException if it is a view
   * @throws AnalysisException if the name is none, or the catalog fails
   */
  static Optional<ExistingTable> find(SparkSession session, String name) throws AnalysisException {
    if (!session.catalog().tableExists(name)) {
      return Optional.empty();
    }
    Table table = session.catalog().getTable(name);
    if (table.isTemporary() || !OWN_CATALOG.equals(table.catalog())) {
      return Optional.empty();
    }
    if (table.tableType().equals("VIEW")) {
      throw ConfigException.of("--output " + name, "rows cannot be added to a view; name a table");
    }
    List<Column> columns = session.catalog().listColumns(name).collectAsList();
    return format(session, name).map(format -> new ExistingTable(name, format, columns));
  }

  private static Optional<String> format(SparkSession session, String name) {
    List<Row> described = session.sql("DESCRIBE TABLE EXTENDED " + name).collectAsList();
    int details = described.stream().map(row -> row.getString(0)).toList().lastIndexOf(DETAILS);
    return described.subList(details + 1, described.size()).stream()
        .filter(row -> row.getString(0).equals(PROVIDER))
        .map(row -> row.getString(1))
        .findFirst();
  }

  /**
   * Refuses rows that do not fit, as far as their names tell.
   *
   * @param names of all columns of the rows
   * @param partitionBy columns that the user wants them to be divided by; empty for the table's
   * @throws ConfigException naming what is too many and what is missing
   */
  void require(List<String> names, List<String> partitionBy) {
    if (isFixed()) {
      requireColumns(names);
      requireDivision(partitionBy);
    }
  }

  private void requireColumns(List<String> names) {
    List<String> mine = columns.stream().map(Column::name).toList();
    List<String> more = without(names, mine);
    List<String> missing = without(mine, names);
    if (!more.isEmpty() || !missing.isEmpty()) {
      throw ConfigException.of(
          "--output " + name,
          "rows are added to a table that has their columns, but only the answers have %s, and only the table has %s; name another table, or correct --keep"
              .formatted(more, missing));
    }
  }

  private void requireDivision(List<String> partitionBy) {
    if (columns.stream().anyMatch(Column::isBucket)) {
      throw ConfigException.of(
          "--output " + name, "Spark adds no rows to a table in buckets; name another table");
    }
    if (!partitionBy.isEmpty() && !same(partitionBy, partitions())) {
      throw ConfigException.of(
          "--partition-by " + String.join(",", partitionBy),
          "the table %s is divided by %s already; leave it out".formatted(name, partitions()));
    }
  }

  private static List<String> without(List<String> names, List<String> others) {
    Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    known.addAll(others);
    return names.stream().filter(name -> !known.contains(name)).toList();
  }

  private static boolean same(List<String> one, List<String> other) {
    return String.join("\n", one).equalsIgnoreCase(String.join("\n", other));
  }

  private boolean isFixed() {
    return FIXED.contains(format.toLowerCase(Locale.ROOT));
  }

  private List<String> partitions() {
    return columns.stream().filter(Column::isPartition).map(Column::name).toList();
  }

  /** The writer, told what the table is. */
  DataFrameWriter<Row> told(DataFrameWriter<Row> writer) {
    DataFrameWriter<Row> told = writer.format(format);
    return isFixed() && !partitions().isEmpty()
        ? told.partitionBy(partitions().toArray(String[]::new))
        : told;
  }
}
