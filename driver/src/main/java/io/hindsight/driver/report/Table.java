package io.hindsight.driver.report;

import io.hindsight.driver.report.chart.Markup;
import java.util.ArrayList;
import java.util.List;

/** A table of a page: a header, and rows of text of which one may stand out. */
final class Table {
  private static final int LONGEST_NUMBER = 12;

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
    header.forEach(name -> page.leaf("th", name, "scope", "col"));
    page.close().close().open("tbody");
    for (Row row : rows) {
      page.open("tr", "class", row.best() ? "best" : "row");
      row.cells().forEach(cell -> page.leaf("td", cell, "class", kind(cell)));
      page.close();
    }
    page.close().close().close();
  }

  /** Numbers stand under each other and are never broken; text may be. */
  private static String kind(String cell) {
    return cell.length() <= LONGEST_NUMBER ? "number" : "text";
  }
}
