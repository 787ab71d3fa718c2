package io.hindsight.datasets;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Days on which clocks change, and machines of other countries. */
public final class ClockChanges {
  private ClockChanges() {}

  /** A day on which the clocks of a zone change. */
  public record Change(ZoneId zone, LocalDate day) {
    /** Every half hour from the day before to the day after. */
    public List<Instant> halfHours() {
      Instant start = day.minusDays(1).atStartOfDay(zone).toInstant();
      long minutes =
          Duration.between(start, day.plusDays(2).atStartOfDay(zone).toInstant()).toMinutes();
      return IntStream.range(0, (int) minutes / 30)
          .mapToObj(i -> start.plus(Duration.ofMinutes(30L * i)))
          .toList();
    }
  }

  /** Forward and back in four zones; on Lord Howe by half an hour. */
  public static Stream<Change> all() {
    return Stream.of(
            "Europe/Berlin 2026-03-29 2026-10-25",
            "America/New_York 2026-03-08 2026-11-01",
            "Australia/Lord_Howe 2026-10-04 2026-04-05",
            "America/Santiago 2026-09-06 2026-04-05")
        .map(line -> line.split(" "))
        .flatMap(
            words ->
                Stream.of(words[1], words[2])
                    .map(day -> new Change(ZoneId.of(words[0]), LocalDate.parse(day))));
  }

  /** What something comes to on machines of three countries, one after the other. */
  public static <T> List<T> onEachMachine(Callable<T> work) throws Exception {
    TimeZone zone = TimeZone.getDefault();
    Locale locale = Locale.getDefault();
    try {
      return List.of(
          on("UTC", Locale.ROOT, work),
          on("America/New_York", Locale.forLanguageTag("tr-TR"), work),
          on("Australia/Lord_Howe", Locale.forLanguageTag("ar-EG-u-nu-arab"), work));
    } finally {
      TimeZone.setDefault(zone);
      Locale.setDefault(locale);
    }
  }

  private static <T> T on(String zone, Locale locale, Callable<T> work) throws Exception {
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    Locale.setDefault(locale);
    return work.call();
  }
}
