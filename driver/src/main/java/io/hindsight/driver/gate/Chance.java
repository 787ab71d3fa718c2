package io.hindsight.driver.gate;

import io.hindsight.datasets.profile.DataProfile;

/**
 * What a window and the champion's data differ by through chance. Of a column that has one value in
 * each sequence only as many were drawn as there are sequences, however many rows repeat them.
 */
final class Chance {
  private final double now;
  private final double champion;

  Chance(DataProfile now, DataProfile champion) {
    this.now = now.sequences();
    this.champion = champion.sequences();
  }

  /**
   * The divergence of a column, in bits.
   *
   * @param was counts of the champion's values // (B)
   * @param is those of the window // (B)
   */
  double divergence(boolean ofSequences, long[] was, long[] is) {
    return ofSequences ? Divergence.noise(was, is, champion, now) : Divergence.noise(was, is);
  }

  /** The share of some of the values of a column that has one in each sequence. */
  double share(double mean) {
    return Divergence.noiseOfShare(mean, champion, now);
  }
}
