package io.hindsight.datasets.time;

import io.hindsight.datasets.Numbers;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** The ascending times of one sequence as points of a number line, and of the calendar. */
public final class TimePoints {
  private static final double NANO = 1e-9; // seconds
  private static final long SECONDS_OF_DAY = 86_400;
  private static final int MOST_DIGITS = 18; // of a number whose differences fit a long

  private final double[] offsets; // (N), from the first: seconds of dates, else the numbers' own
  private final long[] days; // (N), since 1970; null for plain numbers
  private final boolean wholeMonths; // whether no time tells its day

  private TimePoints(double[] offsets, long[] days, boolean wholeMonths) {
    this.offsets = offsets;
    this.days = days;
    this.wholeMonths = wholeMonths;
  }

  /** Plain numbers; absent if a text writes none. */
  public static Optional<TimePoints> numbers(List<String> times) {
    if (!times.isEmpty() && Numbers.decimal(times.get(0)).isEmpty()) {
      return Optional.empty(); // before there is an array for all
    }
    double[] offsets = new double[times.size()];
    if (areDigits(times, offsets)) {
      return Optional.of(new TimePoints(offsets, null, false));
    }
    Optional<BigDecimal> first = Optional.empty();
    for (int i = 0; i < offsets.length; i++) {
      Optional<BigDecimal> number = Numbers.decimal(times.get(i));
      if (number.isEmpty()) {
        return Optional.empty();
      }
      first = first.or(() -> number);
      offsets[i] = number.get().subtract(first.get()).doubleValue();
    }
    return Optional.of(new TimePoints(offsets, null, false));
  }

  /** Reads digits and nothing else, which most numbers are, without making objects of them. */
  private static boolean areDigits(List<String> times, double[] offsets) {
    long first = 0;
    int i = 0;
    for (String time : times) {
      long number = digits(time);
      if (number < 0) {
        return false;
      }
      first = i == 0 ? number : first;
      offsets[i++] = number - first;
    }
    return true;
  }

  /** A whole number below 10^18; −1 if the text is another. */
  private static long digits(String text) {
    long number = text.isEmpty() || text.length() > MOST_DIGITS ? -1 : 0;
    for (int i = 0; i < text.length() && number >= 0; i++) {
      char c = text.charAt(i);
      number = c >= '0' && c <= '9' ? 10 * number + c - '0' : -1;
    }
    return number;
  }

  /** Dates; absent if a text writes none. */
  static Optional<TimePoints> dates(List<String> times) {
    if (!times.isEmpty() && DateForm.of(times.get(0)).isEmpty()) {
      return Optional.empty(); // before there are arrays for all
    }
    double[] offsets = new double[times.size()];
    long[] days = new long[times.size()];
    boolean wholeMonths = true;
    long first = 0;
    int firstNanos = 0;
    DateForm form = null;
    int i = 0;
    for (String text : times) {
      long seconds = form == null ? DateForm.NONE : form.seconds(text);
      if (seconds == DateForm.NONE) { // the first, or with more digits of a second than others
        form = DateForm.of(text).orElse(null);
        if (form == null) {
          return Optional.empty();
        }
        seconds = form.seconds(text);
      }
      int nanos = form.nanos(text);
      if (i == 0) {
        first = seconds;
        firstNanos = nanos;
      }
      wholeMonths &= !form.hasDays();
      days[i] = Math.floorDiv(seconds, SECONDS_OF_DAY);
      offsets[i++] = seconds - first + (nanos - firstNanos) * NANO;
    }
    return Optional.of(new TimePoints(offsets, days, wholeMonths));
  }

  /** N. */
  int size() {
    return offsets.length;
  }

  /** Whether no time tells its day, so that only months can be counted. */
  boolean wholeMonths() {
    return wholeMonths;
  }

  /** From the first time: seconds of dates, else the numbers' own unit. */
  double offset(int i) {
    return offsets[i];
  }

  /** Days since 1970. */
  long day(int i) {
    return days[i];
  }
}
