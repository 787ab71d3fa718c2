package io.hindsight.datasets.rows.profile;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Numbers;
import io.hindsight.datasets.encoding.LabelText;
import io.hindsight.datasets.files.ScalaValues;
import io.hindsight.datasets.profile.ProfiledRow;
import io.hindsight.datasets.rows.Cells;
import io.hindsight.datasets.rows.RowCounter;
import io.hindsight.datasets.rows.RowFindings;
import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.rows.TimeReader;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;
import scala.collection.Seq;

/**
 * Takes the cells of rows as they are: what training would refuse is a missing value here, and a
 * row without an id or a time is passed over.
 */
final class RowWalk {
  private static final int COLUMNS_BESIDE = 0;

  private final RowLayout layout;
  private final List<String> categories; // their columns
  private final int[] numbersAt; // of each column in a row
  private final int[] categoriesAt;
  private final ProfiledRow profiled = new ProfiledRow();
  private final RowLayout.ScopedRows scoped;

  RowWalk(RowLayout layout) {
    this.layout = layout;
    ProfiledCells cells = new ProfiledCells(layout);
    categories = cells.columns().categories();
    numbersAt = cells.ofNumbers();
    categoriesAt = cells.ofCategories();
    scoped = new RowLayout.ScopedRows(layout);
  }

  /** Gives each row that has a place, one after the other. */
  void walk(Iterator<Row> rows, Consumer<ProfiledRow> taker) {
    RowCounter counter = new RowCounter(layout);
    RowFindings findings = new RowFindings(COLUMNS_BESIDE);
    TimeReader times = layout.hasTime() ? new TimeReader(layout.time(), findings) : null;
    while (rows.hasNext()) {
      Row row = rows.next();
      Cells cells = new Cells(row, counter.next(row), layout);
      if (begin(cells, times)) {
        addValues(row);
        addCategories(cells, row);
        addLabels(row);
        taker.accept(profiled);
      }
    }
  }

  /** Whether the row has a place among others. */
  private boolean begin(Cells cells, TimeReader times) {
    try {
      cells.requireWellFormed(layout.malformedAt(), layout.format());
      if (!scoped.contain(cells)) {
        return false;
      }
      String id = layout.id(cells);
      if (times == null || layout.nested()) {
        profiled.begin(id, null, Optional.empty());
      } else {
        times.read(layout.timeCell(cells), cells.place());
        profiled.begin(id, times.bytes(), scoped.time());
      }
      return true;
    } catch (DataException unreadable) {
      return false;
    }
  }

  private void addValues(Row row) {
    for (int c = 0; c < numbersAt.length; c++) {
      Object cell = row.get(numbersAt[c]);
      if (layout.nested() && cell instanceof Seq<?> steps) {
        for (Object step : ScalaValues.list(steps)) {
          add(c, step);
        }
      } else {
        add(c, cell);
      }
    }
  }

  private void add(int column, Object cell) {
    if (cell instanceof Seq<?> vector) {
      List<Object> elements = ScalaValues.list(vector);
      for (int e = 0; e < elements.size(); e++) {
        profiled.add(column, e, number(elements.get(e)));
      }
    } else {
      profiled.add(column, ProfiledRow.PLAIN, number(cell));
    }
  }

  private double number(Object cell) {
    return cell == null ? Double.NaN : Numbers.read(cell, layout.decimal()).orElse(Double.NaN);
  }

  private void addCategories(Cells cells, Row row) {
    for (int c = 0; c < categoriesAt.length; c++) {
      Object cell = row.get(categoriesAt[c]);
      if (layout.nested() && cell instanceof Seq<?> steps) {
        for (Object step : ScalaValues.list(steps)) {
          profiled.addCategory(c, category(cells, step, c));
        }
      } else {
        profiled.addCategory(c, category(cells, cell, c));
      }
    }
  }

  private String category(Cells cells, Object cell, int column) {
    try {
      return cells.category(cell, categories.get(column));
    } catch (DataException none) {
      return null;
    }
  }

  private void addLabels(Row row) {
    if (layout.label().isEmpty()) {
      return;
    }
    Object cell = row.get(layout.firstTarget());
    if (cell instanceof Seq<?> steps) {
      ScalaValues.list(steps).forEach(this::addLabel);
    } else {
      addLabel(cell);
    }
  }

  private void addLabel(Object label) {
    String text = label == null ? "" : LabelText.of(label);
    if (!text.isEmpty()) {
      profiled.addLabel(LabelText.key(text));
    }
  }
}
