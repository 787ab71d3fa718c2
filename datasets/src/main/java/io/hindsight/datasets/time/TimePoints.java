package io.hindsight.datasets.time;

import io.hindsight.datasets.Numbers;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The ascending times of one sequence as points of a number line, and of the calendar. */
public final class TimePoints {
  private static final double NANO = 1e-9; // seconds

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
    double[] offsets = new double[times.size()];
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

  /** Dates; absent if a text writes none. */
  static Optional<TimePoints> dates(List<String> times) {
    double[] offsets = new double[times.size()];
    long[] days = new long[times.size()];
    boolean wholeMonths = true;
    LocalDateTime first = null;
    Optional<DateForm> form = Optional.empty();
    for (int i = 0; i < offsets.length; i++) {
      String text = times.get(i);
      Optional<LocalDateTime> time = form.flatMap(known -> known.read(text));
      if (time.isEmpty()) { // the first, or one with more digits of a second than the one before
        form = DateForm.of(text);
        time = form.flatMap(known -> known.read(text));
      }
      if (time.isEmpty()) {
        return Optional.empty();
      }
      first = first == null ? time.get() : first;
      wholeMonths &= !form.orElseThrow().hasDays();
      days[i] = time.get().toLocalDate().toEpochDay();
      offsets[i] = seconds(time.get()) - seconds(first) + fraction(time.get(), first);
    }
    return Optional.of(new TimePoints(offsets, days, wholeMonths));
  }

  private static long seconds(LocalDateTime time) {
    return time.toEpochSecond(ZoneOffset.UTC);
  }

  private static double fraction(LocalDateTime time, LocalDateTime first) {
    return (time.getNano() - first.getNano()) * NANO;
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
