package io.hindsight.kernels.bptt;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.network.EmbeddingSpec;
import io.hindsight.kernels.network.InputSpec;

/** Refuses sequences that have not just what a network reads. */
final class InputCheck {
  private final InputSpec input;
  private final int ofSteps; // J
  private final int ofSequence; // K
  private final int[] rows; // of each table

  InputCheck(InputSpec input) {
    this.input = input;
    ofSteps = input.stepCategories();
    ofSequence = input.sequenceCategories();
    rows = input.tables().stream().mapToInt(EmbeddingSpec::rows).toArray();
  }

  /**
   * Checks the piece of a lane.
   *
   * @throws IllegalArgumentException if it does not fit, naming its sequence, step and table
   */
  void check(SequenceBatch batch, int lane) {
    Window window = batch.window(lane);
    checkWidths(window);
    int from = batch.start(lane);
    int to = from + batch.length(lane);
    if (input.isTokens()) {
      checkTokens(window, from, to);
    }
    for (int step = from; ofSteps > 0 && step < to; step++) {
      checkCategories(window, step);
    }
    checkStatics(window);
  }

  private void checkWidths(Window window) {
    Sequence sequence = window.sequence();
    boolean tokens = input.isTokens();
    if (sequence.isTokens() != tokens || (!tokens && sequence.width() != input.features())) {
      throw new IllegalArgumentException(
          "sequence '%s' has %s inputs of width %d, but the network reads %s"
              .formatted(
                  window.id(), sequence.isTokens() ? "token" : "dense", sequence.width(), input));
    }
    requireSame(window, "categories at each step", sequence.categoryWidth(), ofSteps);
    int own = sequence.statics().categories().length;
    requireSame(window, "categories of the whole sequence", own, ofSequence);
    int numbers = sequence.statics().features().length;
    requireSame(window, "numbers of the whole sequence", numbers, input.statics());
  }

  private static void requireSame(Window window, String what, int found, int read) {
    if (found != read) {
      throw new IllegalArgumentException(
          "sequence '%s' has %d %s, but the network reads %d"
              .formatted(window.id(), found, what, read));
    }
  }

  private void checkTokens(Window window, int from, int to) {
    for (int step = from; step < to; step++) {
      int token = window.sequence().tokens()[step];
      if (token != Sequence.NO_TOKEN) {
        WindowCheck.requireId("token", window, step, token, input.features());
      }
    }
  }

  private void checkCategories(Window window, int step) {
    for (int k = 0; k < ofSteps; k++) {
      int id = window.sequence().categories()[step * ofSteps + k];
      if (id < 0 || id >= rows[k]) {
        throw outside(", step " + (step - window.start()), window, id, k);
      }
    }
  }

  private void checkStatics(Window window) {
    for (int k = ofSteps; k < ofSteps + ofSequence; k++) {
      int id = window.sequence().statics().categories()[k - ofSteps];
      if (id < 0 || id >= rows[k]) {
        throw outside("", window, id, k);
      }
    }
  }

  private IllegalArgumentException outside(String place, Window window, int id, int table) {
    return new IllegalArgumentException(
        "sequence '%s'%s: category id %d is outside [0, %d), the rows of table %d"
            .formatted(window.id(), place, id, rows[table], table));
  }
}
