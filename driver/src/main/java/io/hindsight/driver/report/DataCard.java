package io.hindsight.driver.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.report.chart.Digits;
import io.hindsight.driver.report.chart.Markup;
import java.util.List;
import java.util.Map;

/** What is known of the data: what was read and left out, and how evenly rows follow each other. */
final class DataCard {
  private static final int MOST_ELEMENTS = 20; // of a list

  private final StatusFile status;

  DataCard(StatusFile status) {
    this.status = status;
  }

  void write(Markup page) {
    Table table = new Table("of the data", "value");
    add(table, "", status.data());
    status.spacing().ifPresent(spacing -> add(table, "spacing", spacing));
    if (!table.isEmpty()) {
      page.open("section").leaf("h2", "Data");
      table.write(page);
      page.close();
    }
  }

  private static void add(Table table, String name, JsonNode value) {
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        String of = field.getKey().replace('_', ' ');
        add(table, name.isEmpty() ? of : name + ": " + of, field.getValue());
      }
    } else if (value.isArray()) {
      for (int i = 0; i < Math.min(MOST_ELEMENTS, value.size()); i++) {
        add(table, "%s %d".formatted(name, i + 1), value.get(i));
      }
    } else if (!value.isNull()) {
      table.row(List.of(name, value.isNumber() ? Digits.text(value.asDouble()) : value.asText()));
    }
  }
}
