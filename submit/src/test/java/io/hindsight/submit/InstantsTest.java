package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the scripts take for midnight, for the hour, and for the time of a job. */
class InstantsTest {
  @TempDir private Path folder;

  /** Each hour around a change of the clocks: in the night, from midnight on, back to midnight. */
  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2026-10-25T01:00:00Z",
    "America/New_York, 2026-03-08T07:00:00Z",
    "Africa/Cairo, 2026-04-23T22:00:00Z",
    "America/Havana, 2026-11-01T05:00:00Z",
    "Asia/Kolkata, 2026-11-01T00:00:00Z",
    "UTC, 2026-10-25T01:00:00Z"
  })
  void shouldFindTheBeginningOfDayAndHourInAZone(String zone, Instant change) throws Exception {
    StringBuilder script = new StringBuilder(sourced());
    List<String> expected = new ArrayList<>();
    for (int hour = -4; hour <= 4; hour++) {
      Instant now = change.plusSeconds(hour * 3600L + 754);
      ZonedDateTime local = now.atZone(ZoneId.of(zone));
      for (String word : List.of("midnight", "hour")) {
        script.append("as_of %s %s %d\n".formatted(word, zone, now.getEpochSecond()));
      }
      expected.add(local.toLocalDate().atStartOfDay(local.getZone()).toInstant().toString());
      expected.add(local.truncatedTo(ChronoUnit.HOURS).toInstant().toString());
    }
    assertEquals(
        expected, Shell.bash(folder, Map.of(), "-euc", "" + script).out().lines().toList());
  }

  @Test
  void shouldReadTheTimeInTheNameOfAJob() throws Exception {
    String script =
        sourced()
            + """
            scheduled_time hindsight-retrain-29696760
            scheduled_time co2-2-09696760
            scheduled_time first
            scheduled_time first-2
            scheduled_time 29696760x
            """;
    assertEquals(
        "2026-06-18T18:00:00Z\n1988-06-08T20:40:00Z\n",
        Shell.bash(folder, Map.of(), "-euc", script).out());
  }

  private static String sourced() {
    return "home=..\n. ./checks.sh\n. ./instants.sh\n";
  }
}
