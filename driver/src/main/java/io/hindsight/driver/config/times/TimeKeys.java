package io.hindsight.driver.config.times;

import io.hindsight.datasets.calendar.CalendarField;
import io.hindsight.datasets.grid.Duplicates;
import io.hindsight.datasets.grid.Frequency;
import io.hindsight.datasets.grid.Gaps;
import io.hindsight.datasets.grid.TimeRules;
import io.hindsight.datasets.spec.Scope;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.Suggestions;
import io.hindsight.driver.config.yaml.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code data.duplicates}, {@code data.frequency}, {@code data.gaps}, {@code data.elapsed}, {@code
 * data.calendar} and {@code data.holidays} of a table.
 */
public final class TimeKeys {
  private static final String DUPLICATES = "duplicates";
  private static final String FREQUENCY = "frequency";
  private static final String GAPS = "gaps";
  private static final String ELAPSED = "elapsed";
  private static final String CALENDAR = "calendar";
  private static final String HOLIDAYS = "holidays";

  /** All of them. */
  public static final List<String> ALL =
      List.of(DUPLICATES, FREQUENCY, GAPS, ELAPSED, CALENDAR, HOLIDAYS);

  private final Section data;

  private TimeKeys(Section data) {
    this.data = data;
  }

  /**
   * Reads the keys.
   *
   * @param scope how times are understood
   * @param hasTime whether rows have times
   * @return the scope with what the keys say
   */
  public static Scope read(Section data, Scope scope, boolean hasTime) {
    if (ALL.stream().noneMatch(data::has)) {
      return scope;
    }
    if (!hasTime && data.sound("time")) {
      String message = "a table without data.time has no times to make anything of";
      data.refuseAll(ALL, message, "name the column that orders the rows in data.time");
    }
    return new Scope(scope.zone(), scope.window(), scope.retrain(), new TimeKeys(data).rules());
  }

  private TimeRules rules() {
    Optional<Frequency> frequency = frequency();
    Gaps gaps = gaps();
    boolean elapsed = data.flag(ELAPSED, false);
    if (elapsed && gaps != Gaps.ALLOW) {
      String message =
          "with gaps: %s each row is one step after the last".formatted(Words.of(gaps));
      data.problem(ELAPSED, message, "use gaps: allow, or elapsed: false");
    }
    List<CalendarField> calendar = calendar();
    return new TimeRules(
        data.choice(DUPLICATES, Duplicates.class).orElse(Duplicates.ERROR),
        frequency,
        gaps,
        elapsed,
        calendar,
        holidays(frequency, calendar));
  }

  private Optional<Frequency> frequency() {
    Optional<String> text = data.text(FREQUENCY);
    Optional<Frequency> frequency = text.flatMap(Frequency::of);
    if (text.isPresent() && frequency.isEmpty()) {
      String message = "'" + text.get() + "' is no frequency";
      data.problem(
          FREQUENCY,
          message,
          "write 15min, 1h, 1d, 1w, 1mo, 1q, 1y, or another number of s, min, h, d, w, mo, q or y;"
              + " business-day; or auto");
    }
    return frequency;
  }

  private Gaps gaps() {
    Gaps gaps = data.choice(GAPS, Gaps.class).orElse(Gaps.ALLOW);
    if (!data.has(FREQUENCY)) {
      String message = "without a frequency nothing tells where a row is missing";
      data.refuse(GAPS, message, "give data.frequency, such as 1h or auto, or delete the line");
    }
    return gaps;
  }

  private List<CalendarField> calendar() {
    List<String> known = Words.of(CalendarField.class);
    List<CalendarField> fields = new ArrayList<>();
    for (String word : data.texts(CALENDAR)) {
      if (!known.contains(word)) {
        String meant =
            Suggestions.nearest(word, known)
                .map(near -> "did you mean '%s'? ".formatted(near))
                .orElse("");
        data.problem(
            CALENDAR, "unknown field '" + word + "'", meant + "use " + String.join(", ", known));
      } else {
        fields.add(Words.constant(CalendarField.class, word));
      }
    }
    return fields;
  }

  private Optional<String> holidays(Optional<Frequency> frequency, List<CalendarField> calendar) {
    Optional<String> path = data.text(HOLIDAYS);
    boolean counts = frequency.filter(f -> f.skipsHolidays() || f.isAuto()).isPresent();
    boolean reads = calendar.contains(CalendarField.HOLIDAY);
    if (path.isPresent() && !counts && !reads && data.sound(FREQUENCY) && data.sound(CALENDAR)) {
      String message = "nothing depends on holidays";
      data.problem(
          HOLIDAYS,
          message,
          "use frequency: business-day, or holiday in calendar, or delete the line");
    }
    if (reads && !data.has(HOLIDAYS)) {
      String message = "holiday needs a list of days";
      data.problem(CALENDAR, message, "name a text file with a date in each line in data.holidays");
    }
    return path;
  }

  /** Writes the keys that say something. */
  public static void write(TimeRules rules, Map<String, Object> data) {
    if (rules.duplicates() != Duplicates.ERROR) {
      data.put(DUPLICATES, Words.of(rules.duplicates()));
    }
    rules
        .frequency()
        .ifPresent(
            frequency -> {
              data.put(FREQUENCY, frequency.toString());
              data.put(GAPS, Words.of(rules.gaps()));
            });
    if (rules.elapsed()) {
      data.put(ELAPSED, true);
    }
    if (!rules.calendar().isEmpty()) {
      data.put(CALENDAR, rules.calendar().stream().map(field -> Words.of(field)).toList());
    }
    rules.holidays().ifPresent(path -> data.put(HOLIDAYS, path));
  }
}
