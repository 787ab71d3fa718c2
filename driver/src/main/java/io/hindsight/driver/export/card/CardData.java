package io.hindsight.driver.export.card;

import io.hindsight.datasets.columns.SideColumns;
import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.datasets.spec.GeneratorSpec;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TextSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Where the data of a model came from and what was read of it, as rows of a table. */
final class CardData {
  private final List<List<String>> rows = new ArrayList<>();

  private CardData() {}

  static List<List<String>> rows(DataSpec data) {
    CardData card = new CardData();
    if (data instanceof TableSpec table) {
      card.table(table);
    } else if (data instanceof TextSpec text) {
      card.add("source", List.of("text", text.path()));
    } else if (data instanceof GeneratorSpec task) {
      card.add("source", List.of("generated", task.name()));
      card.add("sequences asked for", List.of(Integer.toString(task.sequences())));
    }
    return card.rows;
  }

  private void table(TableSpec table) {
    List<String> source = new ArrayList<>(List.of(table.location().format()));
    table.location().path().ifPresent(source::add);
    add("source", source);
    add("sequences by", table.names().sequence());
    add("time", table.names().time());
    add("inputs", table.names().inputs());
    SideColumns side = table.names().side();
    add("known ahead", side.future());
    add("categories", side.categories());
    add("of the whole sequence", side.statics());
    add("targets", table.names().targets());
    table
        .scope()
        .window()
        .ifPresent(window -> add("window", List.of(window.from() + " to before " + window.to())));
  }

  private void add(String name, List<String> values) {
    if (!values.isEmpty()) {
      String words = values.stream().map(Markdown::code).collect(Collectors.joining(", "));
      rows.add(List.of(name, words));
    }
  }
}
