package io.hindsight.datasets.windows;

import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;

/**
 * One long sequence of numbers, with numeric targets, of which some steps are computed when they
 * are asked for.
 */
public final class ComputedSteps extends SequenceList {
  private final String id;
  private final int length;
  private final RowNumbers features; // (T, I)
  private final RowNumbers targets; // (T, E)
  private final int width; // I
  private final int targetWidth; // E

  /** Of T steps. */
  public ComputedSteps(String id, int length, RowNumbers features, RowNumbers targets) {
    this.id = id;
    this.length = length;
    this.features = features;
    this.targets = targets;
    width = features.length() / length;
    targetWidth = targets.length() / length;
  }

  /** // (T, I). */
  public RowNumbers features() {
    return features;
  }

  /** NaN where one is missing // (T, E). */
  public RowNumbers targets() {
    return targets;
  }

  /** Whether each step has a target. */
  public boolean isComplete() {
    int step = 0;
    while (step < length && isAnyScored(0, step, step + 1)) {
      step++;
    }
    return step == length;
  }

  @Override
  public boolean isHeld() {
    return false;
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public String id(int index) {
    return id;
  }

  @Override
  public int length(int index) {
    return length;
  }

  @Override
  public int scoredFrom(int index) {
    return 0;
  }

  @Override
  public boolean isAnyScored(int index, int from, int to) {
    for (int i = from * targetWidth; i < to * targetWidth; i++) {
      if (!Double.isNaN(targets.get(i))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Sequence get(int index) {
    return window(index, 0, length, false).sequence();
  }

  @Override
  public Window window(int index, int start, int steps, boolean cut) {
    double[] read = some(features, start * width, steps * width);
    double[] judged = some(targets, start * targetWidth, steps * targetWidth);
    String named = cut ? Window.id(id, start) : id;
    Sequence piece = Sequence.ofFeatures(named, read, steps).withTargets(judged).from(start);
    return Window.whole(piece);
  }

  private static double[] some(RowNumbers numbers, int from, int count) {
    double[] some = new double[count];
    for (int i = 0; i < count; i++) {
      some[i] = numbers.get(from + i);
    }
    return some;
  }
}
