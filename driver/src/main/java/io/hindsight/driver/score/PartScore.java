package io.hindsight.driver.score;

import io.hindsight.datasets.encoded.BaselineErrors;
import io.hindsight.datasets.sums.Mergeable;

/** What a network and simple forecasts reach on some sequences of a part, in sums. */
public final class PartScore implements Mergeable<PartScore> {
  private static final long serialVersionUID = 1L;

  private final Scores scores;
  private final BaselineErrors baselines = new BaselineErrors();
  private long skipped;

  PartScore(Scores none) {
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

  void addSkipped(long some) {
    skipped += some;
  }

  @Override
  public void merge(PartScore other) {
    scores.merge(other.scores);
    baselines.merge(other.baselines);
    skipped += other.skipped;
  }
}
