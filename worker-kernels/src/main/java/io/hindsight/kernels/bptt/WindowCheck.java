package io.hindsight.kernels.bptt;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;

/** Refuses windows that do not fit a network, so that kernels need not check their arguments. */
final class WindowCheck {
  private final NetworkSpec spec;

  WindowCheck(NetworkSpec spec) {
    this.spec = spec;
  }

  /**
   * Checks the window of every lane.
   *
   * @throws IllegalArgumentException if one does not fit, naming its sequence and step
   */
  void check(SequenceBatch window) {
    for (int lane = 0; lane < window.lanes(); lane++) {
      if (window.length(lane) > 0) {
        Sequence sequence = window.sequence(lane);
        checkInputs(sequence);
        checkTargets(sequence);
        checkTokens(window, lane);
        checkClasses(window, lane);
      }
    }
  }

  private void checkInputs(Sequence sequence) {
    boolean tokens = spec.input().isTokens();
    if (sequence.isTokens() != tokens || (!tokens && sequence.width() != spec.input().size())) {
      throw new IllegalArgumentException(
          "sequence '%s' has %s inputs of width %d, but the network reads %s"
              .formatted(
                  sequence.id(),
                  sequence.isTokens() ? "token" : "dense",
                  sequence.width(),
                  spec.input()));
    }
  }

  private void checkTargets(Sequence sequence) {
    boolean classes = spec.output().loss().targetsAreClasses();
    boolean fits =
        classes ? sequence.classes() != null : sequence.targetWidth() == spec.output().size();
    if (sequence.hasTargets() && !fits) {
      throw new IllegalArgumentException(
          "sequence '%s' has %s, but the network's output is %s"
              .formatted(
                  sequence.id(),
                  sequence.classes() != null
                      ? "class targets"
                      : "targets of width " + sequence.targetWidth(),
                  spec.output()));
    }
  }

  private void checkTokens(SequenceBatch window, int lane) {
    Sequence sequence = window.sequence(lane);
    int from = window.start(lane);
    for (int step = from; sequence.isTokens() && step < from + window.length(lane); step++) {
      int token = sequence.tokens()[step];
      if (token != Sequence.NO_TOKEN) {
        requireId("token", sequence, step, token, spec.input().size());
      }
    }
  }

  /** Class ids of the scored steps; the others are never read. */
  private void checkClasses(SequenceBatch window, int lane) {
    Sequence sequence = window.sequence(lane);
    if (sequence.classes() == null) {
      return;
    }
    boolean lastOnly = spec.output().at() == At.LAST_STEP;
    for (int t = 0; t < window.length(lane); t++) {
      if (window.isScored(lane, t, lastOnly)) {
        int step = window.start(lane) + t;
        requireId("class", sequence, step, sequence.classes()[step], spec.output().size());
      }
    }
  }

  private static void requireId(String what, Sequence sequence, int step, int id, int bound) {
    if (id < 0 || id >= bound) {
      throw new IllegalArgumentException(
          "sequence '%s', step %d: %s id %d is outside [0, %d)"
              .formatted(sequence.id(), step, what, id, bound));
    }
  }
}
