package io.hindsight.driver.monitoring.mlflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Figures that wait to be sent, never more than a few thousand. Where steps come faster than they
 * are sent, every second one that waits is left out, and from then on only every second is taken;
 * of the figures of validations the oldest are left out. Used by two threads.
 */
final class Outbox {
  private static final int MOST_STEPS = 2048;
  private static final int MOST_OTHERS = 4096; // figures

  private final Deque<List<Figure>> steps = new ArrayDeque<>();
  private final Deque<Figure> others = new ArrayDeque<>();
  private long stride = 1;

  /** Adds the figures of a step, if it is one of those that are taken. */
  synchronized void addStep(long step, List<Figure> figures) {
    if (step % stride != 0) {
      return;
    }
    steps.add(figures);
    if (steps.size() >= MOST_STEPS) {
      stride *= 2;
      steps.removeIf(each -> each.get(0).step() % stride != 0);
    }
  }

  /** Adds another figure. */
  synchronized void add(Figure figure) {
    others.add(figure);
    if (others.size() > MOST_OTHERS) {
      others.remove();
    }
  }

  /** Takes the oldest figures, a step's as a whole. */
  synchronized List<Figure> take(int most) {
    List<Figure> taken = new ArrayList<>();
    while (!others.isEmpty() && taken.size() < most) {
      taken.add(others.remove());
    }
    while (!steps.isEmpty() && taken.size() + steps.peek().size() <= most) {
      taken.addAll(steps.remove());
    }
    return taken;
  }

  /** Whether nothing waits. */
  synchronized boolean isEmpty() {
    return steps.isEmpty() && others.isEmpty();
  }

  /** Figures that wait. */
  synchronized int size() {
    return others.size() + steps.stream().mapToInt(List::size).sum();
  }
}
