package io.hindsight.kernels.bptt;

import io.hindsight.kernels.batch.LabelString;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;

/** Refuses windows that do not fit a network, so that kernels need not check their arguments. */
final class WindowCheck {
  private final NetworkSpec spec;
  private final InputCheck inputs;
  private final boolean bothWays;
  private final boolean strings;
  private final boolean counts;

  WindowCheck(NetworkSpec spec) {
    this.spec = spec;
    inputs = new InputCheck(spec.input());
    bothWays = spec.readsBothWays();
    counts = spec.output().loss().targetsAreCounts();
    strings = spec.output().loss().targetsAreStrings();
  }

  /**
   * Checks the window of every lane.
   *
   * @throws IllegalArgumentException if one does not fit, naming its sequence and step
   */
  void check(SequenceBatch batch) {
    for (int lane = 0; lane < batch.lanes(); lane++) {
      if (batch.length(lane) > 0) {
        checkIsWhole(batch, lane);
        inputs.check(batch, lane);
        checkTargets(batch.window(lane));
        checkClasses(batch, lane);
        checkCounts(batch, lane);
        checkString(batch.window(lane));
      }
    }
  }

  private void checkIsWhole(SequenceBatch batch, int lane) {
    Window window = batch.window(lane);
    boolean needsWhole = bothWays || (strings && window.sequence().hasTargets());
    if (needsWhole && batch.length(lane) != window.steps()) {
      String why = bothWays ? "reads sequences from their ends too" : "answers a string of labels";
      throw new IllegalArgumentException(
          "sequence '%s': a network that %s needs all %d steps at once, but is given %d"
              .formatted(window.id(), why, window.steps(), batch.length(lane)));
    }
  }

  private void checkTargets(Window window) {
    Sequence sequence = window.sequence();
    boolean classes = spec.output().loss().targetsAreClasses();
    boolean fits =
        classes ? sequence.classes() != null : sequence.targetWidth() == spec.output().size();
    if (sequence.hasTargets() && !fits) {
      throw new IllegalArgumentException(
          "sequence '%s' has %s, but the network's output is %s"
              .formatted(
                  window.id(),
                  sequence.classes() != null
                      ? "class targets"
                      : "targets of width " + sequence.targetWidth(),
                  spec.output()));
    }
  }

  /** Class ids of the scored steps; the others are never read. */
  private void checkClasses(SequenceBatch batch, int lane) {
    Sequence sequence = batch.sequence(lane);
    if (sequence.classes() == null) {
      return;
    }
    boolean lastOnly = spec.output().at() == At.LAST_STEP;
    for (int t = 0; t < batch.length(lane); t++) {
      if (batch.isScored(lane, t, lastOnly)) {
        int step = batch.start(lane) + t;
        int id = sequence.classes()[step];
        requireId("class", batch.window(lane), step, id, spec.output().classes());
      }
    }
  }

  /** The probability of a count is one of whole numbers of at least 0; NaN is missing. */
  private void checkCounts(SequenceBatch batch, int lane) {
    double[] targets = batch.sequence(lane).targets();
    if (!counts || targets == null) {
      return;
    }
    boolean lastOnly = spec.output().at() == At.LAST_STEP;
    int elements = spec.output().size();
    for (int t = 0; t < batch.length(lane); t++) {
      int step = batch.start(lane) + t;
      if (batch.isScored(lane, t, lastOnly)) {
        for (int i = step * elements; i < (step + 1) * elements; i++) {
          requireCount(batch.window(lane), step, targets[i]);
        }
      }
    }
  }

  private static void requireCount(Window window, int step, double target) {
    if (target < 0 || (!Double.isNaN(target) && target != Math.rint(target))) {
      throw new IllegalArgumentException(
          "sequence '%s', step %d: a count is a whole number of at least 0, but the target is %s"
              .formatted(window.id(), step - window.start(), target));
    }
  }

  /** Whether the steps are enough for the labels of the window. */
  private void checkString(Window window) {
    if (!strings || !window.sequence().hasTargets()) {
      return;
    }
    requireOneWeight(window);
    int needed = LabelString.stepsNeeded(window);
    int steps = window.steps() - window.scoredFrom();
    if (needed > steps) {
      throw new IllegalArgumentException(
          "sequence '%s': %d labels need %d steps, one each and one between equal neighbours, but there are %d"
              .formatted(window.id(), LabelString.length(window), needed, steps));
    }
  }

  private static void requireOneWeight(Window window) {
    Sequence sequence = window.sequence();
    double weight = sequence.weight(window.start());
    for (int step = window.start(); step < window.start() + window.steps(); step++) {
      if (sequence.weight(step) != weight) {
        throw new IllegalArgumentException(
            "sequence '%s', step %d: its weight is %s and that of step 0 %s, but a string of labels has one loss, so that all its steps need the same weight"
                .formatted(window.id(), step - window.start(), sequence.weight(step), weight));
      }
    }
  }

  /** Names the step as one of the window's own, as its id tells where those begin. */
  static void requireId(String what, Window window, int step, int id, int bound) {
    if (id < 0 || id >= bound) {
      throw new IllegalArgumentException(
          "sequence '%s', step %d: %s id %d is outside [0, %d)"
              .formatted(window.id(), step - window.start(), what, id, bound));
    }
  }
}
