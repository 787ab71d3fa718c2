package io.hindsight.datasets.time;

import io.hindsight.datasets.Numbers;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The time from one step of a series to the next.
 *
 * @param unit what it is counted in
 * @param length how many of it; positive
 * @param weekdays the days that count; empty but for {@link Unit#WEEKDAYS}
 */
public record TimeStep(Unit unit, double length, Set<DayOfWeek> weekdays) implements Serializable {
  /** What times are counted in. */
  public enum Unit {
    /** The numbers of the time column, as they are. */
    NUMBER,
    /** Seconds between dates. */
    SECONDS,
    /** Calendar months, whatever their length. */
    MONTHS,
    /** Days, of which some of the week are left out. */
    WEEKDAYS
  }

  private static final int DAY = 86_400; // seconds
  private static final double LATER_IN_MONTH = 1 / (40.0 * DAY); // so a month stays below 1
  private static final double LATER_IN_WEEK = 1 / (16.0 * DAY); // so a week stays below ½
  private static final int DIGITS = 6; // shown of a length
  private static final int FEW_DIGITS = 3; // of one that is not a round number
  private static final int MANY = 1 << 18; // times, of which each is made when it is asked for
  private static final int FITTING = 10; // so many of a unit make it fit a length
  private static final ChronoUnit[] LARGE = {ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES};
  private static final double NANOS = 1e9; // of a second
  private static final int MOST_DIGITS = 17; // of a number to which whole steps are added

  public TimeStep {
    weekdays = weekdays.isEmpty() ? Set.of() : Set.copyOf(weekdays);
  }

  /** A step without weekdays. */
  public static TimeStep of(Unit unit, double length) {
    return new TimeStep(unit, length, Set.of());
  }

  /** A step from each of these days to the next. */
  public static TimeStep ofWeekdays(Set<DayOfWeek> days) {
    return new TimeStep(Unit.WEEKDAYS, 1, days);
  }

  /** Whether times must be read as dates. */
  boolean ofDates() {
    return unit != Unit.NUMBER;
  }

  /**
   * The times in steps from the first // (N), ascending strictly. A further time in a month, or on
   * a day that does not count, lies between two whole numbers.
   */
  double[] positions(TimePoints points) {
    double[] positions = new double[points.size()];
    for (int i = 0; i < positions.length; i++) {
      positions[i] =
          switch (unit) {
            case NUMBER, SECONDS -> points.offset(i);
            case MONTHS -> later(points, positions, i, month(points.day(i)), LATER_IN_MONTH);
            case WEEKDAYS -> later(points, positions, i, weekday(points.day(i)), LATER_IN_WEEK);
          };
    }
    double first = positions.length == 0 ? 0 : positions[0];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = (positions[i] - first) / length;
    }
    return positions;
  }

  private static double later(
      TimePoints points, double[] before, int i, double count, double perSecond) {
    if (i == 0 || count > before[i - 1]) {
      return count;
    }
    return before[i - 1] + (points.offset(i) - points.offset(i - 1)) * perSecond;
  }

  private static double month(long day) {
    return LocalDate.ofEpochDay(day).getLong(ChronoField.PROLEPTIC_MONTH);
  }

  /** Days that count before this one; half a day more on one that does not. */
  private double weekday(long day) {
    int since = (int) Math.floorMod(day + 3, 7L); // Monday; 1970 began with a Thursday
    double count = (double) Math.floorDiv(day + 3, 7L) * weekdays.size();
    for (DayOfWeek counted : weekdays) {
      count += counted.ordinal() < since ? 1 : 0;
    }
    return weekdays.contains(DayOfWeek.of(since + 1)) ? count : count - 0.5;
  }

  /**
   * The time some steps after another, written like it; absent if the text is no time.
   *
   * @param monthDay day of the month that a series of months is at, where the month has it
   */
  Optional<String> later(String time, int steps, int monthDay) {
    if (unit == Unit.NUMBER && isWhole(length) && isWhole(time)) {
      return Optional.of(Long.toString(Long.parseLong(time) + (long) length * steps));
    }
    if (unit == Unit.NUMBER) {
      BigDecimal add = BigDecimal.valueOf(length).multiply(BigDecimal.valueOf(steps));
      return Numbers.decimal(time).map(number -> plain(number.add(add)));
    }
    return DateForm.of(time).flatMap(form -> later(form, time, steps, monthDay));
  }

  private static boolean isWhole(double number) {
    return number < 1e9 && number == Math.rint(number);
  }

  /** Whether it is nothing but digits, few enough for a long. */
  private static boolean isWhole(String time) {
    boolean whole = !time.isEmpty() && time.length() <= MOST_DIGITS;
    for (int i = 0; whole && i < time.length(); i++) {
      whole = time.charAt(i) >= '0' && time.charAt(i) <= '9';
    }
    return whole;
  }

  private Optional<String> later(DateForm form, String time, int steps, int monthDay) {
    return form.read(time).map(read -> form.write(later(read, steps, monthDay)));
  }

  /** The same of many times; an empty text for what is no time. */
  List<String> later(List<String> times, int steps, int monthDay) {
    return times.size() > MANY
        ? new LaterTimes(times, time -> later(time, steps, monthDay).orElse(""))
        : eachLater(times, steps, monthDay);
  }

  private List<String> eachLater(List<String> times, int steps, int monthDay) {
    List<String> all = new ArrayList<>(times.size());
    DateForm form = null; // of the time before, which as a rule is that of all
    for (String time : times) {
      Optional<String> later =
          form == null || !ofDates() ? Optional.empty() : later(form, time, steps, monthDay);
      if (later.isEmpty()) {
        later = later(time, steps, monthDay);
        form = ofDates() ? DateForm.of(time).orElse(null) : null;
      }
      all.add(later.orElse(""));
    }
    return all;
  }

  private LocalDateTime later(LocalDateTime time, int steps, int monthDay) {
    switch (unit) {
      case MONTHS:
        LocalDateTime month = time.plusMonths(Math.round(length * steps));
        int last = month.toLocalDate().lengthOfMonth();
        return monthDay > 0 ? month.withDayOfMonth(Math.min(last, monthDay)) : month;
      case WEEKDAYS:
        LocalDateTime day = time;
        for (int left = steps; left > 0; left -= weekdays.contains(day.getDayOfWeek()) ? 1 : 0) {
          day = day.plusDays(1);
        }
        return day;
      default:
        return time.plusNanos(Math.round(length * steps * NANOS));
    }
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  @Override
  public String toString() {
    return text(1);
  }

  /** The time of so many steps, for people: {@code 1 h}, {@code 1 month}, {@code 0.1}. */
  String text(double steps) {
    return switch (unit) {
      case NUMBER -> rounded(steps * length);
      case SECONDS -> duration(steps * length);
      case MONTHS ->
          steps * length % 12 == 0
              ? counted(steps * length / 12, "year")
              : counted(steps * length, "month");
      case WEEKDAYS -> counted(steps, "day") + " of " + days();
    };
  }

  /** In the largest unit in which it is a number of at most one decimal, else in a fitting one. */
  private static String duration(double seconds) {
    for (ChronoUnit unit : LARGE) {
      long one = unit.getDuration().toSeconds();
      boolean exact = seconds >= one && seconds * 10 % one == 0;
      if (exact || seconds >= FITTING * one) {
        return rounded(seconds / one, exact ? DIGITS : FEW_DIGITS) + " " + symbol(unit);
      }
    }
    return seconds < 1 ? rounded(seconds * 1000) + " ms" : rounded(seconds) + " s";
  }

  private static String symbol(ChronoUnit unit) {
    return unit == ChronoUnit.DAYS ? "d" : unit == ChronoUnit.HOURS ? "h" : "min";
  }

  private static String counted(double count, String what) {
    return rounded(count) + " " + what + (count == 1 ? "" : "s");
  }

  private static String rounded(double number) {
    return rounded(number, DIGITS);
  }

  private static String rounded(double number, int digits) {
    return plain(new BigDecimal(number).round(new MathContext(digits)));
  }

  private String days() {
    return EnumSet.copyOf(weekdays).stream()
        .map(day -> day.name().charAt(0) + day.name().substring(1, 3).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(" "));
  }
}
