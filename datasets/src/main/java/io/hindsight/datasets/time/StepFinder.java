package io.hindsight.datasets.time;

import io.hindsight.datasets.Doubles;
import io.hindsight.datasets.time.TimeStep.Unit;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the step that most times are apart: in their own numbers, in seconds, in calendar months,
 * or in days of which some of the week are left out, whichever makes most steps alike.
 */
final class StepFinder {
  private static final double WINDOW = 1 + 2 * Timeline.TOLERANCE;
  private static final double SAME = 1e-9; // of a step, so that rounding does not count
  private static final double MOSTLY = 0.9; // share of steps that must be whole
  private static final int WEEK = 7;
  private static final int ENOUGH =
      2 * WEEK + 1; // times, to tell that a day of the week is left out

  /**
   * The most common step.
   *
   * @param alike steps that are this one
   * @param whole steps that are a whole number of it
   * @param all steps
   * @param exact whether those alike are so to the last digit
   */
  record Found(TimeStep step, long alike, long whole, long all, boolean exact) {
    /** Whether it is common enough to look times up by: more than half, and hardly any between. */
    boolean isCommon() {
      return 2 * alike > all && whole >= MOSTLY * all;
    }
  }

  private StepFinder() {}

  /** The most common step of some sequences; absent if no time follows another, or none is read. */
  static Optional<Found> find(List<SequenceTimes> sequences) {
    List<Found> candidates = new ArrayList<>();
    boolean dates = sequences.stream().allMatch(times -> times.dates().isPresent());
    boolean months = dates && sequences.stream().allMatch(SequenceTimes::isMonthly);
    if (months) {
      count(sequences, TimeStep.of(Unit.MONTHS, 1)).ifPresent(candidates::add);
    }
    if (dates && !onlyMonths(sequences)) {
      count(sequences, TimeStep.of(Unit.SECONDS, 1)).ifPresent(candidates::add);
      weekdays(sequences).flatMap(step -> count(sequences, step)).ifPresent(candidates::add);
    }
    if (sequences.stream().allMatch(times -> times.numbers().isPresent())) {
      count(sequences, TimeStep.of(Unit.NUMBER, 1)).ifPresent(candidates::add);
    }
    boolean exactMonths = months && sequences.stream().allMatch(SequenceTimes::isExactlyMonthly);
    return best(candidates, exactMonths);
  }

  private static boolean onlyMonths(List<SequenceTimes> sequences) {
    return sequences.stream().anyMatch(times -> times.dates().orElseThrow().wholeMonths());
  }

  /** The one with most steps alike; of equals the one that says more. */
  private static Optional<Found> best(List<Found> candidates, boolean exactMonths) {
    return candidates.stream()
        .max(
            Comparator.comparingLong(Found::alike)
                .thenComparingInt(found -> meaning(found, exactMonths)));
  }

  /** Months that are so to the day, steps that are alike to the last digit, calendars, others. */
  private static int meaning(Found found, boolean exactMonths) {
    Unit unit = found.step().unit();
    if (unit == Unit.MONTHS || unit == Unit.WEEKDAYS) {
      return unit == Unit.WEEKDAYS ? 2 : exactMonths ? 6 : 3;
    }
    return (found.exact() ? 4 : 0) + (unit == Unit.SECONDS ? 1 : 0);
  }

  /** The days of the week that occur, if some do not and no day has two times. */
  private static Optional<TimeStep> weekdays(List<SequenceTimes> sequences) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    long rows = 0;
    for (SequenceTimes times : sequences) {
      TimePoints points = times.dates().orElseThrow();
      rows += points.size();
      for (int i = 0; i < points.size(); i++) {
        days.add(DayOfWeek.of((int) Math.floorMod(points.day(i) + 3, (long) WEEK) + 1));
        if (i > 0 && points.day(i) == points.day(i - 1)) {
          return Optional.empty();
        }
      }
    }
    return rows < ENOUGH || days.size() == WEEK
        ? Optional.empty()
        : Optional.of(TimeStep.ofWeekdays(days));
  }

  /** Counts in a unit, and finds how many of it are the most common step. */
  private static Optional<Found> count(List<SequenceTimes> sequences, TimeStep one) {
    double[] steps = steps(sequences, one);
    if (steps.length == 0) {
      return Optional.empty();
    }
    double common = mostCommon(steps);
    long alike = Arrays.stream(steps).filter(step -> Timeline.isOne(step / common)).count();
    long whole = Arrays.stream(steps).filter(step -> Timeline.isWhole(step / common)).count();
    long same = Arrays.stream(steps).filter(s -> Math.abs(s / common - 1) <= SAME).count();
    boolean oneDay = one.weekdays().isEmpty() || common == 1;
    TimeStep step = new TimeStep(one.unit(), common, one.weekdays());
    return oneDay
        ? Optional.of(new Found(step, alike, whole, steps.length, same == alike))
        : Optional.empty();
  }

  /** Distances of neighbours // (steps). */
  private static double[] steps(List<SequenceTimes> sequences, TimeStep one) {
    Doubles steps = new Doubles();
    for (SequenceTimes times : sequences) {
      double[] positions = times.positions(one).orElseThrow();
      for (int i = 1; i < positions.length; i++) {
        steps.add(positions[i] - positions[i - 1]);
      }
    }
    return steps.toArray();
  }

  /** The middle of the window of nearly equal ones that holds most; sorts them. */
  private static double mostCommon(double[] steps) {
    Arrays.sort(steps);
    int most = 0;
    int start = 0;
    for (int from = 0, to = 0; from < steps.length; from++) {
      while (to < steps.length && steps[to] <= steps[from] * WINDOW) {
        to++;
      }
      if (to - from > most) {
        most = to - from;
        start = from;
      }
    }
    return steps[start + most / 2];
  }
}
