package io.hindsight.datasets.table;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.spec.ReadColumns;
import io.hindsight.datasets.spec.TableSpec;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The rows of a data set that a program has made, each with all that it holds beside the columns
 * that are read of it. They may be those of a stream.
 *
 * @param rows as the layout has them, and last the column that holds the whole row
 */
public record FrameRows(Dataset<Row> rows, RowLayout layout) {
  /** What such a data set is called in errors. */
  public static final String SOURCE = "the data set";

  /** The column of the id of each row's sequence, by which rows are brought together. */
  public static final String ID = "id";

  /**
   * Checks and projects the columns of a data set.
   *
   * @param spec of which only names of columns and what is made of cells matter
   * @param whole the column that holds each row
   * @throws DataException if a column is missing, or not what it must be
   */
  public static FrameRows of(Dataset<Row> data, TableSpec spec, ReadColumns read, String whole) {
    TableColumns columns = columns(data.schema(), spec, read);
    return new FrameRows(columns.project(data, false, whole), columns.layout(false));
  }

  /**
   * Checks the columns of a data set by its schema.
   *
   * @throws DataException if one is missing, or not what it must be
   */
  public static void check(StructType schema, TableSpec spec, ReadColumns read) {
    columns(schema, spec, read);
  }

  /**
   * What the cells of rows with such columns mean, in the positions that {@link #of} gives them.
   *
   * @throws DataException if a column is missing, or not what it must be
   */
  public static RowLayout layout(StructType schema, TableSpec spec, ReadColumns read) {
    return columns(schema, spec, read).layout(false);
  }

  private static TableColumns columns(StructType schema, TableSpec spec, ReadColumns read) {
    ColumnChecks checks = new ColumnChecks(schema, SOURCE, false, Map.of());
    return new TableColumns(spec, checks, SOURCE, read);
  }
}
