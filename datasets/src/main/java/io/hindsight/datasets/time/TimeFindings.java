package io.hindsight.datasets.time;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.datasets.time.TimeStep.Unit;
import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.Optional;

/** What the times of sequences tell about the step that most of them are apart. */
public final class TimeFindings implements Mergeable<TimeFindings> {
  private static final long serialVersionUID = 1L;
  private static final int WEEK = 7;
  private static final int ENOUGH =
      2 * WEEK + 1; // times, to tell that a day of the week is left out

  private boolean dates = true; // all are, as far as was seen; the same of the next three
  private boolean months = true;
  private boolean exactMonths = true;
  private boolean numbers = true;
  private boolean wholeMonths; // some tell no day
  private boolean dayTwice;
  private long rows;
  private final EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
  private Distances inMonths = new Distances();
  private Distances inSeconds = new Distances();
  private Distances inNumbers = new Distances();

  /** Takes a sequence, which may have no times. */
  public void add(RawSequence raw) {
    if (!raw.times().isEmpty()) {
      add(SequenceTimes.of(raw));
    }
  }

  /** Takes a sequence of which the times have been read. */
  public void add(RawSequence raw, TableTimes times) {
    Optional.ofNullable(times.sequences().get(raw.id())).ifPresent(placed -> add(placed.times()));
  }

  /** Takes a sequence. */
  void add(SequenceTimes times) {
    numbers &= times.numbers().isPresent();
    dates &= times.dates().isPresent();
    if (numbers) {
      inNumbers.add(times, TimeStep.of(Unit.NUMBER, 1));
    }
    if (dates) {
      TimePoints points = times.dates().orElseThrow();
      wholeMonths |= points.wholeMonths();
      months = months && times.isMonthly();
      exactMonths = months && exactMonths && times.isExactlyMonthly();
      if (months) {
        inMonths.add(times, TimeStep.of(Unit.MONTHS, 1));
      }
      if (!wholeMonths) {
        inSeconds.add(times, TimeStep.of(Unit.SECONDS, 1));
        addDays(points);
      }
    }
    forget();
  }

  private void addDays(TimePoints points) {
    rows += points.size();
    for (int i = 0; i < points.size() && !dayTwice; i++) {
      days.add(DayOfWeek.of((int) Math.floorMod(points.day(i) + 3, (long) WEEK) + 1));
      dayTwice = i > 0 && points.day(i) == points.day(i - 1);
    }
  }

  @Override
  public void merge(TimeFindings other) {
    dates &= other.dates;
    months &= other.months;
    exactMonths &= other.exactMonths;
    numbers &= other.numbers;
    wholeMonths |= other.wholeMonths;
    dayTwice |= other.dayTwice;
    rows += other.rows;
    days.addAll(other.days);
    inMonths.merge(other.inMonths);
    inSeconds.merge(other.inSeconds);
    inNumbers.merge(other.inNumbers);
    forget();
  }

  /** Distances in a unit that not all times can be read in are of no use. */
  private void forget() {
    inMonths = dates && months ? inMonths : new Distances();
    inSeconds = dates && !wholeMonths ? inSeconds : new Distances();
    inNumbers = numbers ? inNumbers : new Distances();
  }

  /** Distances in this unit; none where it cannot be counted in. */
  Distances in(Unit unit) {
    return switch (unit) {
      case MONTHS -> inMonths;
      case SECONDS -> inSeconds;
      case NUMBER -> inNumbers;
      case WEEKDAYS -> throw new IllegalArgumentException("not counted before the days are known");
    };
  }

  /** Whether all times are at the same day of a month, or its last. */
  boolean areExactMonths() {
    return dates && months && exactMonths;
  }

  /** The days of the week that occur, if some do not and no day has two times. */
  Optional<TimeStep> weekdays() {
    return !dates || wholeMonths || dayTwice || rows < ENOUGH || days.size() == WEEK
        ? Optional.empty()
        : Optional.of(TimeStep.ofWeekdays(days));
  }
}
