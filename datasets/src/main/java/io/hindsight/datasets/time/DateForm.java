package io.hindsight.datasets.time;

import io.hindsight.datasets.FixedWidth;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a date, or a date with a time of day, is written: where in the text its numbers stand.
 *
 * <p>ISO dates (1959-09, 2022-01-31, 2022-01-31T07:30:00.5Z, with blanks or slashes too) and the
 * same digits without separators (195909, 20220131). An offset from UTC is part of the form, as all
 * times of a table have the same; it is neither added nor changed.
 */
final class DateForm {
  private static final Pattern SEPARATED =
      Pattern.compile(
          "(\\d{4})[-/.](\\d\\d)(?:[-/.](\\d\\d)(?:[T ](\\d\\d)(?::(\\d\\d)(?::(\\d\\d)(?:\\.(\\d{1,9}))?)?)?"
              + " ?(?:Z|[+-]\\d\\d(?::?\\d\\d)?)?)?)?");

  private static final Pattern DIGITS =
      Pattern.compile("(\\d{4})(\\d\\d)(?:(\\d\\d)(?:(\\d\\d)(?:(\\d\\d)(\\d\\d)?)?)?)?");

  private static final int DAY = 3;
  private static final int FRACTION = 7;

  private final String sample;
  private final int[] from = new int[FRACTION + 1]; // by field, year first; −1 where there is none
  private final int[] to = new int[FRACTION + 1];

  private DateForm(String sample, Matcher match) {
    this.sample = sample;
    for (int field = 1; field <= FRACTION; field++) {
      from[field] = field <= match.groupCount() ? match.start(field) : -1;
      to[field] = field <= match.groupCount() ? match.end(field) : -1;
    }
  }

  /** The form of a text; absent if it writes no date, or one that no calendar has. */
  static Optional<DateForm> of(String text) {
    for (Pattern pattern : new Pattern[] {SEPARATED, DIGITS}) {
      Matcher match = pattern.matcher(text);
      if (match.matches()) {
        DateForm form = new DateForm(text, match);
        return form.read(text).map(date -> form);
      }
    }
    return Optional.empty();
  }

  /** Whether it tells the day, not only the month. */
  boolean hasDays() {
    return from[DAY] >= 0;
  }

  /** The date and time of a text of this form; absent if it has another. */
  Optional<LocalDateTime> read(String text) {
    if (!fits(text)) {
      return Optional.empty();
    }
    try {
      LocalDate day = LocalDate.of(number(text, 1), number(text, 2), Math.max(1, number(text, 3)));
      return hasDays() && number(text, DAY) == 0
          ? Optional.empty()
          : Optional.of(day.atTime(number(text, 4), number(text, 5), number(text, 6), nanos(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * Writes a date in this form, with as many digits of a second as it has, but at least as many.
   */
  String write(LocalDateTime time) {
    StringBuilder text = new StringBuilder(sample);
    if (from[FRACTION] >= 0 || time.getNano() > 0) {
      writeFraction(text, time.getNano());
    }
    int[] values = {
      time.getYear(),
      time.getMonthValue(),
      time.getDayOfMonth(),
      time.getHour(),
      time.getMinute(),
      time.getSecond()
    };
    for (int field = 1; field <= values.length && from[field] >= 0; field++) {
      int digits = to[field] - from[field];
      text.replace(from[field], to[field], FixedWidth.of(values[field - 1], digits));
    }
    return text.toString();
  }

  private void writeFraction(StringBuilder text, int nanos) {
    String nine = FixedWidth.of(nanos, 9);
    int second = to[FRACTION - 1];
    if (from[FRACTION] >= 0) {
      int digits = Math.max(to[FRACTION] - from[FRACTION], nine.replaceAll("0+$", "").length());
      text.replace(from[FRACTION], to[FRACTION], nine.substring(0, digits));
    } else if (second >= 0) {
      text.insert(second, "." + nine.substring(0, nanos % 1_000_000 == 0 ? 3 : 9));
    }
  }

  /** Digits where the sample has digits of a field, and the same characters elsewhere. */
  private boolean fits(String text) {
    if (text.length() != sample.length()) {
      return false;
    }
    int field = 1;
    for (int i = 0; i < text.length(); i++) {
      while (field <= FRACTION && from[field] >= 0 && i >= to[field]) {
        field++;
      }
      boolean digit = field <= FRACTION && from[field] >= 0 && i >= from[field];
      char c = text.charAt(i);
      if (digit ? c < '0' || c > '9' : c != sample.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int number(String text, int field) {
    int number = 0;
    for (int i = from[field]; i >= 0 && i < to[field]; i++) {
      number = 10 * number + text.charAt(i) - '0';
    }
    return number;
  }

  private int nanos(String text) {
    int nanos = number(text, FRACTION);
    for (int digits = to[FRACTION] - from[FRACTION]; digits > 0 && digits < 9; digits++) {
      nanos *= 10;
    }
    return nanos;
  }
}
