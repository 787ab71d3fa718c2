package io.hindsight.datasets.time;

import io.hindsight.datasets.FixedWidth;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
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
              + " ?(Z|[+-]\\d\\d(?::?\\d\\d)?)?)?)?");

  private static final Pattern DIGITS =
      Pattern.compile("(\\d{4})(\\d\\d)(?:(\\d\\d)(?:(\\d\\d)(?:(\\d\\d)(\\d\\d)?)?)?)?");

  private static final int DAY = 3;
  private static final int FRACTION = 7;
  private static final int OFFSET = 8; // of UTC, a group of the pattern with separators
  private static final int HOURS = 24; // of a day
  private static final int SIXTY = 60;

  /** In place of seconds: the text has another form, or no calendar has its date. */
  static final long NONE = Long.MIN_VALUE;

  private final String sample;
  private final int[] from = new int[FRACTION + 1]; // by field, year first; −1 where there is none
  private final int[] to = new int[FRACTION + 1];
  private final boolean[] isDigit; // of a field
  private final String offset; // from UTC; null if there is none

  private DateForm(String sample, Matcher match) {
    this.sample = sample;
    for (int field = 1; field <= FRACTION; field++) {
      from[field] = field <= match.groupCount() ? match.start(field) : -1;
      to[field] = field <= match.groupCount() ? match.end(field) : -1;
    }
    offset = match.groupCount() < OFFSET ? null : match.group(OFFSET);
    isDigit = new boolean[sample.length()];
    for (int field = 1; field <= FRACTION && from[field] >= 0; field++) {
      Arrays.fill(isDigit, from[field], to[field], true);
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

  /**
   * The offset from UTC that texts of this form have.
   *
   * @return absent if they have none
   * @throws DateTimeException if no place has such
   */
  Optional<ZoneOffset> offset() {
    return Optional.ofNullable(offset).map(ZoneOffset::of);
  }

  /** Whether it tells the day, not only the month. */
  boolean hasDays() {
    return from[DAY] >= 0;
  }

  /** The date and time of a text of this form; absent if it has another. */
  Optional<LocalDateTime> read(String text) {
    long seconds = seconds(text);
    return seconds == NONE
        ? Optional.empty()
        : Optional.of(LocalDateTime.ofEpochSecond(seconds, nanos(text), ZoneOffset.UTC));
  }

  /**
   * The whole seconds of a text of this form since 1970, as if it were of UTC; {@link #NONE} if it
   * has another. To these add its {@link #nanos}.
   */
  long seconds(String text) {
    if (!fits(text)) {
      return NONE;
    }
    int month = number(text, 2);
    int day = hasDays() ? number(text, DAY) : 1;
    int hour = number(text, 4);
    int minute = number(text, 5);
    int second = number(text, 6);
    boolean isOfClock = hour < HOURS && minute < SIXTY && second < SIXTY;
    if (!isOfClock || month < 1 || month > 12 || day < 1) {
      return NONE;
    }
    try {
      long date = LocalDate.of(number(text, 1), month, day).toEpochDay();
      return ((date * HOURS + hour) * SIXTY + minute) * SIXTY + second;
    } catch (DateTimeException e) {
      return NONE;
    }
  }

  /**
   * Writes a date in this form, with as many digits of a second as it has, but at least as many.
   */
  String write(LocalDateTime time) {
    int[] values = {
      time.getYear(),
      time.getMonthValue(),
      time.getDayOfMonth(),
      time.getHour(),
      time.getMinute(),
      time.getSecond()
    };
    boolean hasFraction = from[FRACTION] >= 0 || time.getNano() > 0;
    return hasFraction || !Digits.hasFour(time.getYear())
        ? writeAny(values, time.getNano(), hasFraction)
        : writeSameLength(values);
  }

  private String writeSameLength(int[] values) {
    char[] text = sample.toCharArray();
    for (int field = 1; field <= values.length && from[field] >= 0; field++) {
      Digits.put(text, from[field], to[field], values[field - 1]);
    }
    return new String(text);
  }

  private String writeAny(int[] values, int nanos, boolean hasFraction) {
    StringBuilder text = new StringBuilder(sample);
    if (hasFraction) {
      writeFraction(text, nanos);
    }
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
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isDigit[i] ? c < '0' || c > '9' : c != sample.charAt(i)) {
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

  /** The nanoseconds of a text of this form beside its {@link #seconds}. */
  int nanos(String text) {
    int nanos = number(text, FRACTION);
    for (int digits = to[FRACTION] - from[FRACTION]; digits > 0 && digits < 9; digits++) {
      nanos *= 10;
    }
    return nanos;
  }
}
