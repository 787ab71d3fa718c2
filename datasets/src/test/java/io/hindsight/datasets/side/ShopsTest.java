package io.hindsight.datasets.side;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.datasets.Shops;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ShopsTest {
  @Test
  void shouldBeWhatTheProgramMakes() throws IOException {
    assertEquals(Shops.content(), Files.readString(Path.of("data/shops.csv")));
  }
}
