package io.hindsight.datasets.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.ClockChanges;
import io.hindsight.datasets.ClockChanges.Change;
import io.hindsight.datasets.TimeWindow;
import io.hindsight.datasets.spec.RetrainWindow.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetrainWindowTest {
  private static Stream<Change> changes() {
    return ClockChanges.all();
  }

  @Test
  void shouldCountDaysOfTheCalendarAndExactHours() {
    Instant midnight = Instant.parse("2026-03-29T22:00:00Z"); // of the 30th, in summer time
    ZoneId berlin = ZoneId.of("Europe/Berlin");

    assertEquals(
        "2026-03-28T23:00:00Z to before 2026-03-29T22:00:00Z",
        window("P1D", "PT0S", berlin).before(midnight).toString());
    assertEquals(
        "2026-03-28T22:00:00Z to before 2026-03-29T22:00:00Z",
        window("PT24H", "PT0S", berlin).before(midnight).toString());
    assertEquals(
        "2026-02-28T16:00:00Z to before 2026-03-29T16:00:00Z",
        window("P1M", "PT6H", ZoneId.of("UTC")).before(midnight).toString());
  }

  @ParameterizedTest
  @MethodSource("changes")
  void shouldFindTheSameWindowsOnEachMachineWhateverTheClocksDo(Change change) throws Exception {
    List<String> texts =
        ClockChanges.onEachMachine(
            () ->
                change.halfHours().stream()
                    .map(asOf -> window("P1DT6H", "PT30M", change.zone()).before(asOf).toString())
                    .toList()
                    .toString());
    assertEquals(1, new HashSet<>(texts).size(), texts.toString());
  }

  @ParameterizedTest
  @MethodSource("changes")
  void shouldEndAtTheSameTimeOfDayADayEarlier(Change change) {
    RetrainWindow day = window("P1D", "PT0S", change.zone());
    HashSet<Duration> lengths = new HashSet<>();
    for (Instant asOf : change.halfHours()) {
      TimeWindow window = day.before(asOf);
      assertEquals(asOf, window.to());
      lengths.add(Duration.between(window.from(), window.to()));
      LocalDateTime wanted = LocalDateTime.ofInstant(asOf, change.zone()).minusDays(1);
      if (!change.zone().getRules().getValidOffsets(wanted).isEmpty()) {
        assertEquals(wanted, LocalDateTime.ofInstant(window.from(), change.zone()));
      }
    }
    assertTrue(lengths.size() > 1, lengths.toString());
    assertTrue(lengths.contains(Duration.ofDays(1)), lengths.toString());
  }

  @ParameterizedTest
  @MethodSource("changes")
  void shouldLeaveNoHourOutBetweenTheWindowsOfOneDayAndTheNext(Change change) {
    RetrainWindow day = window("P1D", "PT0S", change.zone());
    Instant end = null;
    for (LocalDate date : change.day().minusDays(2).datesUntil(change.day().plusDays(4)).toList()) {
      TimeWindow window = day.before(date.atTime(12, 0).atZone(change.zone()).toInstant());
      assertTrue(end == null || end.equals(window.from()), date + " " + window);
      end = window.to();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"P180D", "P1M", "P1Y2M3DT4H5M6.5S", "PT6H", "P1DT6H", "PT0S"})
  void shouldWriteASpanAsItIsRead(String text) {
    assertEquals(text, span(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "P",
        "PT",
        "P1DT",
        "6h",
        "P-1D",
        "-P1D",
        "p1d",
        "P1d",
        "PT6",
        "P1H",
        "1D",
        "P99999999999D",
        "PT9999999999999999999H",
        "P1D ",
        "P١D"
      })
  void shouldReadNothingElseAsASpan(String text) {
    assertEquals(Optional.empty(), Span.of(text));
  }

  @Test
  void shouldHoldItsStartAndNotItsEnd() {
    Instant from = Instant.parse("2026-01-01T00:00:00Z");
    TimeWindow window = new TimeWindow(from, from.plusSeconds(1));
    assertTrue(window.contains(from) && window.contains(from.plusNanos(999_999_999)));
    assertFalse(window.contains(from.minusNanos(1)) || window.contains(from.plusSeconds(1)));
    assertThrows(IllegalArgumentException.class, () -> new TimeWindow(from, from));
  }

  private static RetrainWindow window(String length, String lag, ZoneId zone) {
    return new RetrainWindow(span(length), span(lag), zone);
  }

  private static Span span(String text) {
    return Span.of(text).orElseThrow();
  }
}
