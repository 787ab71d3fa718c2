package io.hindsight.kernels.plain;

import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.math.GateOps;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.random.Noise;
import io.hindsight.kernels.random.Noise.Site;

/**
 * The noise of a pass in one lane: dropout y = m∘x and zoneout s_t = m∘s_{t−1} + (1 − m)∘s̃_t; in
 * evaluation the first is y = x, and m of the second its probability.
 */
final class PlainNoise {
  private final Noise noise;
  private final int lane;

  /**
   * For a window.
   *
   * @param lane of the batch, which the noise depends on
   */
  PlainNoise(Noise noise, int lane) {
    this.noise = noise;
    this.lane = lane;
  }

  /** Factors of dropout: 0 for a unit that is struck, 1/(1 − p) for another // (rows). */
  double[] dropout(Site site, int step) {
    double[] factors = new double[site.rows()];
    boolean[] struck = struck(site, step);
    for (int j = 0; j < factors.length; j++) {
      factors[j] = struck[j] ? 0 : noise == Noise.NONE ? 1 : 1 / (1 - site.rate());
    }
    return factors;
  }

  /** How much of its old value each unit keeps // (rows). */
  double[] kept(Site site, int step) {
    double[] kept = new double[site.rows()];
    boolean[] struck = struck(site, step);
    for (int j = 0; j < kept.length; j++) {
      kept[j] = noise == Noise.NONE ? site.rate() : struck[j] ? 1 : 0;
    }
    return kept;
  }

  private boolean[] struck(Site site, int step) {
    boolean[] units = new boolean[site.rows()];
    if (noise == Noise.NONE || site.rate() == 0) {
      return units;
    }
    byte[] lanes = new byte[site.rows()];
    GateOps plain = VectorOps.REFERENCE.gates();
    noise.draw(site, lane / SequenceBatch.LANES, step, plain, lanes, 0);
    for (int j = 0; j < units.length; j++) {
      units[j] = (lanes[j] >> lane % SequenceBatch.LANES & 1) == 1;
    }
    return units;
  }
}
