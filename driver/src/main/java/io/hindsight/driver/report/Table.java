package io.hindsight.driver.report;

import io.hindsight.datasets.Excerpt;
import io.hindsight.driver.report.chart.Digits;
import io.hindsight.driver.report.chart.Markup;
import java.util.ArrayList;
import java.util.List;

/** A table of a page: a header, and rows of text of which one may stand out. */
final class Table {
  private static final int LONGEST_NUMBER = 12;
  private static final int LONGEST_TEXT = 300; // UTF-16 units of a name that is a user's
  private static final int MOST_ROWS = 100;

  private record Row(List<String> cells, boolean best) {}

  private final List<String> header;
  private final List<Row> rows = new ArrayList<>();

  Table(String... header) {
    this.header = List.of(header);
  }

  Table(List<String> header) {
    this.header = List.copyOf(header);
  }

  Table row(List<String> cells) {
    return row(cells, false);
  }

  Table row(List<String> cells, boolean best) {
    rows.add(new Row(List.copyOf(cells), best));
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Nothing without rows. */
  void write(Markup page) {
    if (isEmpty()) {
      return;
    }
    page.open("div", "class", "table").open("table").open("thead").open("tr");
    header.forEach(
        name ->
            page.leaf("th", Excerpt.of(name, LONGEST_TEXT), "scope", "col", "class", kind(name)));
    page.close().close().open("tbody");
    for (Row row : rows.subList(0, Math.min(MOST_ROWS, rows.size()))) {
      page.open("tr", "class", row.best() ? "best" : "row");
      row.cells()
          .forEach(cell -> page.leaf("td", Excerpt.of(cell, LONGEST_TEXT), "class", kind(cell)));
      page.close();
    }
    page.close().close().close();
    if (rows.size() > MOST_ROWS) {
      String note = "The first %d of %s rows.".formatted(MOST_ROWS, Digits.text(rows.size()));
      page.leaf("p", note, "class", "note");
    }
  }

  /** Numbers stand under each other and are never broken; text may be. */
  private static String kind(String cell) {
    return cell.length() <= LONGEST_NUMBER ? "number" : "text";
  }
}
