package io.hindsight.datasets.time;

import io.hindsight.datasets.time.TimeStep.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.Function;

/**
 * Finds the step that most times are apart: in their own numbers, in seconds, in calendar months,
 * or in days of which some of the week are left out, whichever makes most steps alike.
 */
public final class StepFinder {
  private static final double WINDOW = 1 + 2 * Timeline.TOLERANCE;
  private static final double SAME = 1e-9; // of a step, so that rounding does not count
  private static final double MOSTLY = 0.9; // share of steps that must be whole

  /**
   * The most common step.
   *
   * @param alike steps that are this one
   * @param whole steps that are a whole number of it
   * @param all steps
   * @param exact whether those alike are so to the last digit
   */
  public record Found(TimeStep step, long alike, long whole, long all, boolean exact) {
    /** Whether it is common enough to look times up by: more than half, and hardly any between. */
    public boolean isCommon() {
      return 2 * alike > all && whole >= MOSTLY * all;
    }
  }

  private StepFinder() {}

  /** The most common step of some sequences; absent if no time follows another, or none is read. */
  static Optional<Found> find(List<SequenceTimes> sequences) {
    TimeFindings findings = new TimeFindings();
    sequences.forEach(findings::add);
    return find(
        findings,
        step -> {
          Distances distances = new Distances();
          sequences.forEach(times -> distances.add(times, step));
          return distances;
        });
  }

  /**
   * The same of sequences that were seen one by one.
   *
   * @param count counts the distances of all in days of the week; asked for if some do not occur
   */
  public static Optional<Found> find(TimeFindings findings, Function<TimeStep, Distances> count) {
    List<Found> candidates = new ArrayList<>();
    add(candidates, findings.in(Unit.MONTHS), TimeStep.of(Unit.MONTHS, 1));
    add(candidates, findings.in(Unit.SECONDS), TimeStep.of(Unit.SECONDS, 1));
    findings.weekdays().ifPresent(step -> add(candidates, count.apply(step), step));
    add(candidates, findings.in(Unit.NUMBER), TimeStep.of(Unit.NUMBER, 1));
    return best(candidates, findings.areExactMonths());
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

  /** Finds how many of a unit are the most common step. */
  private static void add(List<Found> candidates, Distances distances, TimeStep one) {
    if (distances.total() == 0) {
      return;
    }
    double[] steps = distances.ascending();
    long[] counts = distances.counts(steps);
    double common = mostCommon(steps, counts);
    long alike = count(steps, counts, step -> Timeline.isOne(step / common));
    long whole = count(steps, counts, step -> Timeline.isWhole(step / common));
    long same = count(steps, counts, step -> Math.abs(step / common - 1) <= SAME);
    if (one.weekdays().isEmpty() || common == 1) {
      TimeStep step = new TimeStep(one.unit(), common, one.weekdays());
      candidates.add(new Found(step, alike, whole, distances.total(), same == alike));
    }
  }

  private static long count(double[] steps, long[] counts, DoublePredicate which) {
    long count = 0;
    for (int i = 0; i < steps.length; i++) {
      count += which.test(steps[i]) ? counts[i] : 0;
    }
    return count;
  }

  /** The middle of the window of nearly equal ones that holds most. */
  private static double mostCommon(double[] steps, long[] counts) {
    long most = 0;
    long middle = 0; // of that window, counted from the least step
    long before = 0;
    long upTo = 0;
    for (int from = 0, to = 0; from < steps.length; from++) {
      while (to < steps.length && steps[to] <= steps[from] * WINDOW) {
        upTo += counts[to++];
      }
      if (upTo - before > most) {
        most = upTo - before;
        middle = before + most / 2;
      }
      before += counts[from];
    }
    int at = 0;
    for (long passed = counts[0]; passed <= middle; passed += counts[at]) {
      at++;
    }
    return steps[at];
  }
}
