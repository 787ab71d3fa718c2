package io.hindsight.kernels.bptt;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;

/** Refuses windows that do not fit a network, so that kernels need not check their arguments. */
final class WindowCheck {
  private final NetworkSpec spec;
  private final boolean needsWhole;

  WindowCheck(NetworkSpec spec) {
    this.spec = spec;
    needsWhole = spec.readsBothWays();
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
        checkInputs(batch.window(lane));
        checkTargets(batch.window(lane));
        checkTokens(batch, lane);
        checkClasses(batch, lane);
      }
    }
  }

  private void checkIsWhole(SequenceBatch batch, int lane) {
    Window window = batch.window(lane);
    if (needsWhole && batch.length(lane) != window.steps()) {
      throw new IllegalArgumentException(
          "sequence '%s': a network that reads sequences from their ends too needs all %d steps at once, but is given %d"
              .formatted(window.id(), window.steps(), batch.length(lane)));
    }
  }

  private void checkInputs(Window window) {
    Sequence sequence = window.sequence();
    boolean tokens = spec.input().isTokens();
    if (sequence.isTokens() != tokens || (!tokens && sequence.width() != spec.input().size())) {
      throw new IllegalArgumentException(
          "sequence '%s' has %s inputs of width %d, but the network reads %s"
              .formatted(
                  window.id(),
                  sequence.isTokens() ? "token" : "dense",
                  sequence.width(),
                  spec.input()));
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

  private void checkTokens(SequenceBatch batch, int lane) {
    Sequence sequence = batch.sequence(lane);
    int from = batch.start(lane);
    for (int step = from; sequence.isTokens() && step < from + batch.length(lane); step++) {
      int token = sequence.tokens()[step];
      if (token != Sequence.NO_TOKEN) {
        requireId("token", batch.window(lane), step, token, spec.input().size());
      }
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
        requireId("class", batch.window(lane), step, id, spec.output().size());
      }
    }
  }

  /** Names the step as one of the window's own, as its id tells where those begin. */
  private static void requireId(String what, Window window, int step, int id, int bound) {
    if (id < 0 || id >= bound) {
      throw new IllegalArgumentException(
          "sequence '%s', step %d: %s id %d is outside [0, %d)"
              .formatted(window.id(), step - window.start(), what, id, bound));
    }
  }
}
