package io.hindsight.kernels.embedding;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.network.InputSpec;

/** Which row of a table each lane reads at a step: that of its token, or of a category. */
final class LaneRows {
  /** Of a lane past its window, or whose step reads no token. */
  static final int NONE = Sequence.NO_TOKEN;

  private final boolean tokens;
  private final int ofSteps; // J: tables of the steps' categories

  LaneRows(InputSpec input) {
    tokens = input.isTokens();
    ofSteps = input.stepCategories();
  }

  /** The row, in [0, rows of the table), or {@link #NONE}. */
  int row(WindowPanels window, int table, int lane, int t) {
    SequenceBatch batch = window.batch();
    if (t >= batch.length(lane)) {
      return NONE;
    }
    Sequence sequence = batch.sequence(lane);
    int step = batch.start(lane) + window.stepRead(lane, t);
    if (tokens) {
      return sequence.tokens()[step];
    }
    return table < ofSteps
        ? sequence.categories()[step * ofSteps + table]
        : sequence.statics().categories()[table - ofSteps];
  }
}
