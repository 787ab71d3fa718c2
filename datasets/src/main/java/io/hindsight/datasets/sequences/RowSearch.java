package io.hindsight.datasets.sequences;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.rows.Cells;
import io.hindsight.datasets.rows.RowCounter;
import io.hindsight.datasets.rows.RowFindings;
import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.rows.TablePlace;
import io.hindsight.datasets.rows.TimeKey;
import io.hindsight.datasets.rows.TimeReader;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Finds where rows of a sequence stand, once there is an error to tell: reads the table again, so
 * that no row need carry its place.
 */
final class RowSearch {
  private final Dataset<Row> rows;
  private final RowLayout layout;

  /**
   * In a table that has been read once without a faulty row.
   *
   * @param rows as the layout has them
   */
  RowSearch(Dataset<Row> rows, RowLayout layout) {
    this.rows = rows;
    this.layout = layout;
  }

  /** The first two rows of a sequence at a time. */
  List<TablePlace> at(String id, TimeKey key) {
    return first(new Wanted(id, key, false)).stream().map(Found::place).toList();
  }

  /** The error for the first row without inputs or targets of a sequence that has some. */
  DataException empty(String id) {
    Found found = first(new Wanted(id, null, true)).get(0);
    return Cells.missing(found.place(), found.emptyColumn(), layout);
  }

  /** The file of a sequence's first row. */
  String file(String id) {
    return first(new Wanted(id, null, false)).get(0).place().file();
  }

  private List<Found> first(Wanted wanted) {
    return rows
        .mapPartitions(new Finder(layout, wanted), Encoders.row(Found.SCHEMA))
        .collectAsList()
        .stream()
        .map(Found::of)
        .sorted(Comparator.comparing(Found::place))
        .limit(2)
        .toList();
  }

  /**
   * A row that was found.
   *
   * @param emptyColumn that is all empty; null if there is none
   */
  private record Found(TablePlace place, String emptyColumn) {
    static final StructType SCHEMA =
        new StructType()
            .add("file", DataTypes.StringType)
            .add("block", DataTypes.LongType)
            .add("row", DataTypes.LongType)
            .add("of_file", DataTypes.BooleanType)
            .add("empty", DataTypes.StringType);

    Row toRow() {
      return RowFactory.create(
          place.file(), place.block(), place.row(), place.ofFile(), emptyColumn);
    }

    static Found of(Row row) {
      TablePlace place =
          new TablePlace(row.getString(0), row.getLong(1), row.getLong(2), row.getBoolean(3));
      return new Found(place, row.getString(4));
    }
  }

  /**
   * The rows that are looked for.
   *
   * @param key of their time; null for any
   * @param empty whether they have no inputs or no targets
   */
  private record Wanted(String id, TimeKey key, boolean empty) implements Serializable {}

  /** Looks through one partition. */
  private record Finder(RowLayout layout, Wanted wanted)
      implements MapPartitionsFunction<Row, Row> {
    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
      RowCounter counter = new RowCounter(layout);
      TimeReader times = new TimeReader(layout.time(), new RowFindings(0));
      RowLayout.ScopedRows scope = new RowLayout.ScopedRows(layout);
      TreeMap<TablePlace, Found> found = new TreeMap<>();
      while (rows.hasNext()) {
        Row row = rows.next();
        Cells cells = new Cells(row, counter.next(row), layout);
        if (scope.contain(cells) && isWanted(cells, times)) {
          String column = layout.emptyColumn(cells).orElse(null);
          found.put(cells.place(), new Found(cells.place(), column));
          if (found.size() > 2) {
            found.pollLastEntry();
          }
        }
      }
      return found.values().stream().map(Found::toRow).iterator();
    }

    private boolean isWanted(Cells row, TimeReader times) {
      if (!layout.id(row).equals(wanted.id)) {
        return false;
      }
      if (wanted.key != null) {
        times.read(layout.timeCell(row), row.place());
        return times.key().equals(wanted.key);
      }
      return !wanted.empty || layout.emptyColumn(row).isPresent();
    }
  }
}
