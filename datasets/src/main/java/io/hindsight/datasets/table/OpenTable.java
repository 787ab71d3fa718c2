package io.hindsight.datasets.table;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.spec.ReadColumns;
import io.hindsight.datasets.spec.TableSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * A table whose columns are checked.
 *
 * @param rows the columns that are needed
 */
record OpenTable(Dataset<Row> rows, RowLayout layout) {
  private static final String METADATA = "_metadata";

  /**
   * Checks the columns of a table that has some.
   *
   * @param source the table, for errors
   * @throws DataException if one is missing, or not what it must be
   */
  static OpenTable of(Dataset<Row> table, TableSpec spec, String source, ReadColumns read) {
    boolean hasFiles = hasFiles(table);
    Map<String, Boolean> nanos = nanos(table, spec.location().format());
    ColumnChecks checks = new ColumnChecks(table.schema(), source, hasFiles, nanos);
    TableColumns columns = new TableColumns(spec, checks, source, read);
    if (columns.nested() && spec.names().sequence().isEmpty() && !hasFiles) {
      throw new DataException(
          "rows that come from no file have no order, so sequences need an id",
          "no data.sequence",
          source,
          "name the id column in data.sequence");
    }
    return new OpenTable(columns.project(table, hasFiles), columns.layout(hasFiles));
  }

  /** Columns of nanoseconds, which Spark shows as whole numbers; whether each is in UTC. */
  private static Map<String, Boolean> nanos(Dataset<Row> table, String format) {
    boolean isWhole = Arrays.stream(table.schema().fields()).anyMatch(OpenTable::isLong);
    String[] files = format.equals("parquet") && isWhole ? table.inputFiles() : new String[0];
    try {
      return files.length == 0 ? Map.of() : ParquetNanos.columns(TableFiles.path(files[0]));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + files[0], e);
    }
  }

  private static boolean isLong(StructField field) {
    return field.dataType().equals(DataTypes.LongType);
  }

  /** Whether the source tells the file of each row. */
  private static boolean hasFiles(Dataset<Row> table) {
    if (List.of(table.columns()).contains(METADATA)) {
      return false;
    }
    try {
      table.select(METADATA + ".file_path", METADATA + ".file_block_start");
      return true;
    } catch (Exception e) {
      if (e instanceof AnalysisException) {
        return false;
      }
      throw e;
    }
  }
}
