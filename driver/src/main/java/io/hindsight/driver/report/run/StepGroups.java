package io.hindsight.driver.report.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Steps of a run in groups of equally many neighbours, of which there are a thousand at most: what
 * a picture can show, and what memory holds however long the run is. A group tells the means of its
 * steps; of a run of fewer steps, each is a group.
 */
public final class StepGroups {
  private static final int MOST = 1024;

  private final List<StepGroup> groups = new ArrayList<>();
  private long each = 1; // steps of a group

  /** Adds the step after the last one. */
  void add(StepGroup step) {
    if (!groups.isEmpty() && last().steps() < each) {
      groups.set(groups.size() - 1, last().and(step));
      return;
    }
    if (groups.size() == MOST) {
      halve();
      add(step);
      return;
    }
    groups.add(step);
  }

  private StepGroup last() {
    return groups.get(groups.size() - 1);
  }

  private void halve() {
    each *= 2;
    for (int i = 0; i < MOST / 2; i++) {
      groups.set(i, groups.get(2 * i).and(groups.get(2 * i + 1)));
    }
    groups.subList(MOST / 2, MOST).clear();
  }

  /** Forgets the groups that begin with a step that the run makes again, or one after it. */
  void backTo(long step) {
    groups.removeIf(group -> group.first() >= step);
  }

  /** The groups in the order of their steps. */
  public List<StepGroup> all() {
    return List.copyOf(groups);
  }

  /** The first steps of the groups // (N). */
  public double[] firsts() {
    return each(StepGroup::first);
  }

  /** A figure of each group // (N). */
  public double[] each(ToDoubleFunction<StepGroup> figure) {
    return groups.stream().mapToDouble(figure).toArray();
  }

  /** A figure of all steps together: the mean of their groups by the number of steps. */
  public double mean(ToDoubleFunction<StepGroup> figure) {
    double sum = 0;
    long steps = 0;
    for (StepGroup group : groups) {
      sum += figure.applyAsDouble(group) * group.steps();
      steps += group.steps();
    }
    return sum / steps;
  }
}
