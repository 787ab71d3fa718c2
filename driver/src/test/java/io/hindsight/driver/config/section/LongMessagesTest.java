package io.hindsight.driver.config.section;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.ConfigException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user wrote comes back in the message, but not megabytes of it. */
class LongMessagesTest {
  private static final String LONG = "x".repeat(500_000);

  static Stream<String> texts() {
    return Stream.of(
        "data: !" + LONG + " {format: text}\n",
        LONG + ": 1\n",
        "name: '" + LONG + "'\n",
        "data: {format: " + LONG + "}\n",
        "training: " + LONG + "\n",
        "data: &" + LONG + " {}\nmodel: *" + LONG + "y\n",
        "data: [" + LONG + "\n");
  }

  @ParameterizedTest
  @MethodSource("texts")
  void shouldQuoteTheBeginningOfALongText(String yaml) {
    ConfigException refusal = refusal(yaml, List.of());
    assertTrue(refusal.getMessage().length() < 20_000, "" + refusal.getMessage().length());
  }

  @Test
  void shouldQuoteTheBeginningOfALongOverride() {
    ConfigException refusal = refusal("data: {}\n", List.of("training." + LONG + "=" + LONG));
    assertTrue(refusal.getMessage().length() < 20_000, "" + refusal.getMessage().length());
  }

  @Test
  void shouldTellTheFirstOfVeryManyProblemsAndHowManyMoreThereAre() {
    ConfigException refusal = refusal("a: 1\n".repeat(200_000), List.of());
    List<String> lines = refusal.getMessage().lines().toList();
    assertEquals(51, lines.size());
    assertTrue(refusal.problems().size() >= 199_999, "" + refusal.problems().size());
    assertEquals(
        String.format(Locale.ROOT, "and %,d more", refusal.problems().size() - 50), lines.get(50));
  }

  private static ConfigException refusal(String yaml, List<String> overrides) {
    return assertThrows(
        ConfigException.class, () -> ConfigReader.read(yaml, "run.yaml", overrides));
  }
}
