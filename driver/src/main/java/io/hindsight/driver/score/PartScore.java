package io.hindsight.driver.score;

import io.hindsight.datasets.encoded.BaselineErrors;
import io.hindsight.datasets.sums.Mergeable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a network and simple forecasts reach on some sequences of a part, in sums. */
public final class PartScore implements Mergeable<PartScore> {
  private static final long serialVersionUID = 1L;

  private final Scores scores;
  private final BaselineErrors baselines = new BaselineErrors();
  private final List<SequenceRow> rows = new ArrayList<>();
  private long skipped;

  /**
   * What is reached.
   *
   * @param none sums to add to, or that are complete
   */
  public PartScore(Scores none) {
    this.scores = none;
  }

  /** Those of the network. */
  public Scores scores() {
    return scores;
  }

  /** Those of the simple forecasts. */
  public BaselineErrors baselines() {
    return baselines;
  }

  /** Targets that are not scored: training did not see them, or there is no row at their time. */
  public long skipped() {
    return skipped;
  }

  /** What is reached on each sequence, in no order; empty unless asked for. */
  public List<SequenceRow> rows() {
    return Collections.unmodifiableList(rows);
  }

  void addRows(List<SequenceRow> some) {
    rows.addAll(some);
  }

  void addSkipped(long some) {
    skipped += some;
  }

  @Override
  public void merge(PartScore other) {
    scores.merge(other.scores);
    baselines.merge(other.baselines);
    rows.addAll(other.rows);
    skipped += other.skipped;
  }
}
