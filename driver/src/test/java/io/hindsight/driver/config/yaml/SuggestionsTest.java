package io.hindsight.driver.config.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {
  private static final List<String> WORDS =
      List.of("optimizer", "learning-rate", "batch", "by", "csv", "steps");

  @ParameterizedTest
  @CsvSource({
    "optimiser, optimizer",
    "OPTIMIZER, optimizer",
    "learningRate, learning-rate",
    "learning_rates, learning-rate",
    "bach, batch",
    "cvs, csv",
    "yb, by",
    "step, steps"
  })
  void shouldFindTheNearestWord(String typed, String meant) {
    assertEquals("did you mean '" + meant + "'?", Suggestions.remedy(typed, WORDS));
  }

  @ParameterizedTest
  @CsvSource({"xyz", "momentum", "at a loss", "''"})
  void shouldListAllWhereNothingIsNear(String typed) {
    assertEquals(
        "use one of optimizer, learning-rate, batch, by, csv, steps",
        Suggestions.remedy(typed, WORDS));
  }
}
