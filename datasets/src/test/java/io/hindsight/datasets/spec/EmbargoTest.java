package io.hindsight.datasets.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbargoTest {
  @ParameterizedTest
  @CsvSource({
    "7d, UTC, 2026-03-08T00:00:00Z, 2026-03-01T00:00:00Z",
    "1mo, UTC, 2026-03-31T06:00:00Z, 2026-02-28T06:00:00Z",
    "2q, UTC, 2026-03-31T06:00:00Z, 2025-09-30T06:00:00Z",
    "1y, UTC, 2024-02-29T00:00:00Z, 2023-02-28T00:00:00Z",
    "2w, UTC, 2026-03-15T00:00:00Z, 2026-03-01T00:00:00Z",
    "90min, UTC, 2026-03-15T00:00:00Z, 2026-03-14T22:30:00Z",
    "30s, UTC, 2026-03-15T00:00:00Z, 2026-03-14T23:59:30Z",
    // The clocks of Berlin went forward on the 29th: that day had 23 hours.
    "1d, Europe/Berlin, 2026-03-29T22:00:00Z, 2026-03-28T23:00:00Z",
    "24h, Europe/Berlin, 2026-03-29T22:00:00Z, 2026-03-28T22:00:00Z"
  })
  void shouldCountBackByClockAndCalendar(String text, String zone, Instant time, Instant before) {
    Embargo.Duration duration = (Embargo.Duration) Embargo.ofDuration(text).orElseThrow();
    assertEquals(before, duration.before(time, ZoneId.of(zone)));
    assertEquals(text, duration.toString());
  }

  @Test
  void shouldKnowNoOtherWords() {
    for (String text : new String[] {"auto", "business-day", "7", "P7D", "0d", "7 days", ""}) {
      assertEquals(Optional.empty(), Embargo.ofDuration(text), text);
    }
  }
}
