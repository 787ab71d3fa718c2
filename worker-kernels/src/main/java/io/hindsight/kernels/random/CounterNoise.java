package io.hindsight.kernels.random;

import io.hindsight.kernels.math.GateOps;
import io.hindsight.kernels.math.SplitMix;
import io.hindsight.kernels.panel.Lanes;
import io.hindsight.kernels.random.CounterRandom.Purpose;

/**
 * Noise as a function of seed, training step, layer, kind, lane of the minibatch, time step and
 * unit: whoever computes a lane draws the same.
 *
 * @param seed the run's seed
 * @param step the training step
 * @param firstLane which lane of the step's minibatch the batch's first is
 */
public record CounterNoise(long seed, long step, int firstLane) implements Noise {
  private static final int LANES = Lanes.LANES;
  private static final double TWO_TO_32 = 0x1.0p32;

  @Override
  public void draw(Site site, int block, int time, GateOps ops, byte[] struck, int at) {
    long below = Math.round(site.rate() * TWO_TO_32);
    int pairs = (site.rows() + 1) / 2; // of units, which share 64 bits of the stream of their lane
    long lane = firstLane + (long) block * LANES;
    ops.strike(stream(site), lane, (long) time * pairs, site.rows(), below, struck, at);
  }

  /** Key of the streams of all lanes. */
  private long stream(Site site) {
    long key = CounterRandom.key(seed, Purpose.LAYER_NOISE);
    key = SplitMix.key(key, step);
    key = SplitMix.key(key, site.layer());
    return SplitMix.key(key, site.kind().ordinal());
  }
}
