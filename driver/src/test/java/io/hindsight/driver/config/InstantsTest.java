package io.hindsight.driver.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstantsTest {
  @ParameterizedTest
  @ValueSource(strings = {"2026-01-31T00:00:00Z", "1969-12-31T23:59:59.999999999Z"})
  void shouldReadTimesInUtc(String text) {
    assertEquals(Instant.parse(text), Instants.parse(text, "--to"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T00:00:00+01:00, write 2026-01-30T23:00:00Z",
    "2026-01-31T00:00Z, write 2026-01-31T00:00:00Z",
    "2026-01-31, write it as 2026-01-31T00:00:00Z",
    "2026-01-31T00:00:00, write it as 2026-01-31T00:00:00Z",
    "2026-01-31T00:00:00z, write 2026-01-31T00:00:00Z",
    "2026-01-31T24:00:00Z, write it as 2026-01-31T00:00:00Z",
    "2026-02-29T00:00:00Z, write it as 2026-01-31T00:00:00Z",
    "٢٠٢٦-01-31T00:00:00Z, write it as 2026-01-31T00:00:00Z",
    "now, write it as 2026-01-31T00:00:00Z"
  })
  void shouldRefuseAllElseWithARemedy(String text, String remedy) {
    String told =
        assertThrows(ConfigException.class, () -> Instants.parse(text, "--to")).getMessage();
    assertEquals(
        "--to: a time must be in UTC, with Z, but found '%s'; %s".formatted(text, remedy), told);
  }

  @Test
  void shouldReadTheSameInTurkey() {
    Locale locale = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      assertEquals(Instant.EPOCH, Instants.parse("1970-01-01T00:00:00Z", "--to"));
    } finally {
      Locale.setDefault(locale);
    }
  }
}
