package io.hindsight.driver.report;

import io.hindsight.datasets.Excerpt;
import io.hindsight.driver.report.chart.Digits;
import io.hindsight.driver.report.chart.Markup;
import java.util.ArrayList;
import java.util.List;

/** A table of a page: a header, and rows of text of which one may stand out. */
final class Table {
  private static final int LONGEST_NUMBER = 12;
  private static final int LONGEST_NAME = 40; // what is longer and has spaces is a sentence
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
    for (int column = 0; column < header.size(); column++) {
      String name = Excerpt.of(header.get(column), LONGEST_TEXT);
      page.leaf("th", name, "scope", "col", "class", headerKind(column));
    }
    page.close().close().open("tbody");
    for (Row row : rows.subList(0, Math.min(MOST_ROWS, rows.size()))) {
      page.open("tr", "class", row.best() ? "best" : "row");
      row.cells().forEach(cell -> write(page, cell));
      page.close();
    }
    page.close().close().close();
    if (rows.size() > MOST_ROWS) {
      String note = "The first %d of %s rows.".formatted(MOST_ROWS, Digits.text(rows.size()));
      page.leaf("p", note, "class", "note");
    }
  }

  /** A name of several words may be broken between them. */
  private static void write(Markup page, String cell) {
    page.open("td", "class", kind(cell));
    String left = Excerpt.of(cell, LONGEST_TEXT);
    for (int end = left.indexOf('_') + 1; end > 0; end = left.indexOf('_') + 1) {
      page.text(left.substring(0, end)).single("wbr");
      left = left.substring(end);
    }
    page.text(left).close();
  }

  /**
   * Numbers stand under each other and are never broken. Nor are names, but between words, as a
   * sentence is; what is longer is broken anywhere.
   */
  private static String kind(String cell) {
    if (cell.length() <= LONGEST_NUMBER) {
      return "number";
    }
    if (cell.length() <= LONGEST_NAME) {
      return "text name";
    }
    return cell.indexOf(' ') > 0 ? "text sentence" : "text";
  }

  /** A header stands where the cells below it do. */
  private String headerKind(int column) {
    String ofCells = kind(rows.get(0).cells().get(column));
    return ofCells.startsWith("text") ? "text name" : "name";
  }
}
