package io.hindsight.driver.config.parts;

import io.hindsight.datasets.TimeWindow;
import io.hindsight.datasets.spec.RetrainWindow;
import io.hindsight.datasets.spec.RetrainWindow.Span;
import io.hindsight.datasets.spec.Scope;
import io.hindsight.driver.config.Instants;
import io.hindsight.driver.config.yaml.Section;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code data.window} section. */
public final class WindowSection {
  private static final String KEY = "window";
  private static final List<String> FIXED = List.of("from", "to");
  private static final List<String> MOVING = List.of("length", "lag");

  private final Section window;

  private WindowSection(Section window) {
    this.window = window;
  }

  /**
   * Reads the section.
   *
   * @param hasTime whether rows have times
   */
  public static Scope read(Section data, boolean hasTime) {
    if (!data.has(KEY)) {
      return Scope.ALL;
    }
    if (!hasTime && data.sound("time")) {
      String message = "a table without data.time has no times to be in a window";
      data.problem(KEY, message, "name the column that orders the rows in data.time, or delete it");
    }
    return new WindowSection(data.section(KEY)).scope();
  }

  private Scope scope() {
    ZoneId zone = zone();
    boolean fixed = FIXED.stream().filter(window::has).count() > 0;
    boolean moving = MOVING.stream().filter(window::has).count() > 0;
    if (fixed && moving) {
      String message = "a window that has from and to does not move";
      window.refuseAll(MOVING, message, "delete it, or delete from and to");
    } else if (!fixed && !moving && !window.has("zone") && window.present()) {
      window.require("from", "give from and to; or length, for retrain");
    }
    Optional<TimeWindow> times = fixed ? fixed() : Optional.empty();
    return new Scope(zone, times, moving && !fixed ? moving(zone) : Optional.empty());
  }

  private ZoneId zone() {
    Optional<String> name = window.text("zone");
    try {
      return name.map(ZoneId::of).map(ZoneId::normalized).orElse(Scope.ALL.zone());
    } catch (DateTimeException e) {
      String message = "unknown time zone '" + name.get() + "'";
      window.problem("zone", message, "use a name such as Europe/Berlin, or UTC");
      return Scope.ALL.zone();
    }
  }

  private Optional<TimeWindow> fixed() {
    window.require("from", "say when the window begins, as 2026-01-01T00:00:00Z");
    window.require("to", "say when the window ends, as 2026-02-01T00:00:00Z");
    Optional<Instant> from = instant(window, "from");
    Optional<Instant> to = instant(window, "to");
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    if (!from.get().isBefore(to.get())) {
      String message = "the window ends at %s and begins at %s".formatted(to.get(), from.get());
      window.problem("to", message, "let it end after it begins");
      return Optional.empty();
    }
    return Optional.of(new TimeWindow(from.get(), to.get()));
  }

  /** A point in time; absent if it is missing or wrong. */
  static Optional<Instant> instant(Section section, String key) {
    Optional<String> text = section.text(key);
    Optional<Instant> instant = text.flatMap(Instants::of);
    if (text.isPresent() && instant.isEmpty()) {
      String message = Instants.RULE + ", but found '" + text.get() + "'";
      section.problem(key, message, Instants.remedy(text.get()));
    }
    return instant;
  }

  private Optional<RetrainWindow> moving(ZoneId zone) {
    window.require("length", "say how long the window is, as P180D");
    Optional<Span> length = span("length");
    Optional<Span> lag = window.has("lag") ? span("lag") : Optional.of(Span.ZERO);
    if (length.isPresent() && length.get().isZero()) {
      window.problem("length", "the window has no length", "give it one, as P180D");
      return Optional.empty();
    }
    return length.isEmpty() || lag.isEmpty()
        ? Optional.empty()
        : Optional.of(new RetrainWindow(length.get(), lag.get(), zone));
  }

  private Optional<Span> span(String key) {
    Optional<String> text = window.text(key);
    Optional<Span> span = text.flatMap(Span::of);
    if (text.isPresent() && span.isEmpty()) {
      String message = "'" + text.get() + "' is no span of time in the form of ISO 8601";
      window.problem(
          key, message, "write P180D for days, P6M for months, PT6H for hours, or P1DT6H");
    }
    return span;
  }

  /** Writes the section into that of the data, unless it says nothing. */
  public static void write(Scope scope, Map<String, Object> data) {
    Map<String, Object> section = new LinkedHashMap<>();
    scope
        .window()
        .ifPresent(
            window -> {
              section.put("from", window.from().toString());
              section.put("to", window.to().toString());
            });
    scope
        .retrain()
        .ifPresent(
            window -> {
              section.put("length", window.length().toString());
              section.put("lag", window.lag().toString());
            });
    if (!scope.zone().equals(Scope.ALL.zone())) {
      section.put("zone", scope.zone().getId());
    }
    if (!section.isEmpty()) {
      data.put(KEY, section);
    }
  }
}
