package io.hindsight.datasets.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.ClockChanges;
import io.hindsight.datasets.ClockChanges.Change;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstantReaderTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static Stream<Change> changes() {
    return ClockChanges.all();
  }

  @ParameterizedTest
  @CsvSource({
    "1997, 1996-12-31T23:00:00Z",
    "1997-12, 1997-11-30T23:00:00Z",
    "199707, 1997-06-30T22:00:00Z",
    "1997-12-31, 1997-12-30T23:00:00Z",
    "19971231, 1997-12-30T23:00:00Z",
    "1997-12-31 07:30, 1997-12-31T06:30:00Z",
    "1997-12-31T07:30:15.25, 1997-12-31T06:30:15.250Z",
    "1997-12-31T07:30Z, 1997-12-31T07:30:00Z",
    "1997-12-31T07:30:00.000000001Z, 1997-12-31T07:30:00.000000001Z",
    "1997-12-31T07:30:00+05:30, 1997-12-31T02:00:00Z",
    "1997-12-31T07:30:00-0330, 1997-12-31T11:00:00Z",
    "2026-03-29 02:30, 2026-03-29T01:00:00Z", // skipped
    "2026-10-25 02:30, 2026-10-25T00:30:00Z" // twice
  })
  void shouldReadEachFormOfADate(String text, String expected) {
    assertEquals(Optional.of(Instant.parse(expected)), new InstantReader(BERLIN).read(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "12",
        "123",
        "1997.5",
        "1997-13",
        "1997-02-30",
        "1712010112",
        "1e3",
        "1712010112000",
        "Jan 1997",
        "31.12.1997",
        "07:30",
        "1997-12-31T25:00",
        "١٩٩٧",
        "1997-12-31T07:30+19:00",
        "+10000-01-01"
      })
  void shouldReadNothingElse(String text) {
    InstantReader reader = new InstantReader(BERLIN);
    assertEquals(Optional.empty(), reader.read(text));
    assertTrue(reader.read("1997-12-31").isPresent());
    assertEquals(Optional.empty(), reader.read(text));
  }

  @Test
  void shouldReadOneFormAfterAnother() {
    InstantReader reader = new InstantReader(ZoneOffset.UTC);
    for (String text : List.of("1997-12-31T00:00Z", "1997-12-31", "1997-12-31T01:00+01:00")) {
      assertEquals(Optional.of(Instant.parse("1997-12-31T00:00:00Z")), reader.read(text), text);
    }
  }

  @ParameterizedTest
  @MethodSource("changes")
  void shouldReadTheClockOfTheZoneOnEachMachine(Change change) throws Exception {
    List<String> all =
        ClockChanges.onEachMachine(
            () -> {
              List<Instant> read = new ArrayList<>();
              InstantReader reader = new InstantReader(change.zone());
              for (Instant time : change.halfHours()) {
                LocalDateTime clock = LocalDateTime.ofInstant(time, change.zone());
                Instant one = reader.read(clock.toString()).orElseThrow();
                assertTrue(!one.isAfter(time), clock + " is read as " + one);
                assertEquals(clock, LocalDateTime.ofInstant(one, change.zone()));
                read.add(one);
              }
              return read.toString();
            });
    assertEquals(1, new HashSet<>(all).size());
  }

  @ParameterizedTest
  @MethodSource("changes")
  void shouldReadNoLaterTextAsAnEarlierTime(Change change) {
    InstantReader reader = new InstantReader(change.zone());
    Instant before = Instant.MIN;
    LocalDateTime start = change.day().minusDays(1).atStartOfDay();
    for (int minute = 0; minute < 3 * 24 * 60; minute += 5) {
      String clock = start.plusMinutes(minute).toString();
      Instant time = reader.read(clock).orElseThrow();
      assertTrue(!time.isBefore(before), clock);
      before = time;
    }
  }
}
