package io.hindsight.datasets.bundled;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundledDataTest {
  @ParameterizedTest
  @ValueSource(strings = {"shops", "pumps", "clicks", "valves"})
  void shouldBeWhatTheProgramMakes(String name) throws IOException {
    Map<String, String> made =
        Map.of(
            "shops", Shops.content(),
            "pumps", Pumps.content(),
            "clicks", Clicks.content(),
            "valves", Valves.content());
    assertEquals(made.get(name), Files.readString(Path.of("data", name + ".csv")));
  }
}
