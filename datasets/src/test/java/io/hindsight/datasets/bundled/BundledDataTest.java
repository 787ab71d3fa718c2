package io.hindsight.datasets.bundled;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundledDataTest {
  @ParameterizedTest
  @ValueSource(strings = {"shops", "pumps", "clicks", "valves", "promotions"})
  void shouldBeWhatTheProgramMakes(String name) throws IOException {
    Map<String, String> made =
        Map.of(
            "shops", Shops.content(),
            "pumps", Pumps.content(),
            "clicks", Clicks.content(),
            "valves", Valves.content(),
            "promotions", Promotions.content());
    assertEquals(made.get(name), Files.readString(Path.of("data", name + ".csv")));
  }

  @Test
  void shouldTellTheSourceOfEachFile() throws IOException {
    List<String> rows = Files.readAllLines(Path.of("data", "README.md"));
    try (Stream<Path> files = Files.list(Path.of("data"))) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      for (String name : names) {
        long sources =
            rows.stream()
                .filter(row -> row.startsWith("| `" + name + "` |"))
                .filter(row -> row.contains("Made by `") || row.contains("public "))
                .count();
        assertEquals(name.equals("README.md") ? 0 : 1, sources, name);
      }
    }
  }
}
