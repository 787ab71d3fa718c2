package io.hindsight.datasets.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FirstTwoTest {
  /** A value of a row. */
  private record Entry(int value, TablePlace place) {}

  @Test
  void shouldFindTheSameHoweverRowsAreDivided() {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      List<Entry> rows = rows(random);
      List<Entry> expected = firstOfEachValue(rows);
      List<FirstTwo<Integer>> parts = new ArrayList<>();
      for (int part = 0; part < 4; part++) {
        parts.add(new FirstTwo<>());
      }
      Collections.shuffle(rows, random);
      rows.forEach(row -> parts.get(random.nextInt(4)).add(row.value, row.place));
      FirstTwo<Integer> all = new FirstTwo<>();
      parts.forEach(all::merge);
      parts.forEach(all::merge); // as where a task is repeated
      assertEquals(expected.get(0).value, all.first().orElseThrow().value());
      assertEquals(expected.get(0).place, all.first().orElseThrow().place());
      assertEquals(expected.size() > 1, all.other().isPresent());
      all.other()
          .ifPresent(
              other -> {
                assertEquals(expected.get(1).value, other.value());
                assertEquals(expected.get(1).place, other.place());
              });
    }
  }

  @Test
  void shouldKeepTwoValuesOfOneRow() {
    TablePlace place = new TablePlace("a.json", 0, 1, true);
    FirstTwo<Integer> widths = new FirstTwo<>();
    widths.add(2, place);
    widths.add(1, place);
    assertEquals(2, widths.first().orElseThrow().value());
    assertEquals(1, widths.other().orElseThrow().value());
  }

  private static List<Entry> rows(Random random) {
    List<Entry> rows = new ArrayList<>();
    int values = 1 + random.nextInt(4);
    for (int i = 0; i < 30; i++) {
      String file = random.nextBoolean() ? "a.csv" : "b.csv";
      rows.add(new Entry(random.nextInt(values), new TablePlace(file, i % 3, i, true)));
    }
    return rows;
  }

  private static List<Entry> firstOfEachValue(List<Entry> rows) {
    Map<Integer, Entry> first = new LinkedHashMap<>();
    rows.stream()
        .sorted((a, b) -> a.place.compareTo(b.place))
        .forEach(row -> first.putIfAbsent(row.value, row));
    return List.copyOf(first.values());
  }
}
