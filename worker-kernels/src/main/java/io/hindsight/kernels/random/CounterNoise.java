package io.hindsight.kernels.random;

import io.hindsight.kernels.math.Lanes;
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
  private static final long LOW = 0xFFFF_FFFFL;

  @Override
  public void draw(Site site, int block, int time, byte[] struck, int at) {
    long below = Math.round(site.rate() * TWO_TO_32);
    int pairs = (site.rows() + 1) / 2; // of units, which share 64 bits of the stream of their lane
    long first = (long) time * pairs;
    for (int row = 0; row < site.rows(); row++) {
      struck[at + row] = 0;
    }
    for (int lane = 0; lane < LANES; lane++) {
      long key = key(site, block * LANES + lane);
      for (int pair = 0; pair < site.rows() / 2; pair++) {
        long bits = CounterRandom.bits(key, first + pair);
        struck[at + 2 * pair] |= bit(bits >>> 32, below, lane);
        struck[at + 2 * pair + 1] |= bit(bits & LOW, below, lane);
      }
      if (site.rows() % 2 == 1) {
        long bits = CounterRandom.bits(key, first + pairs - 1);
        struck[at + site.rows() - 1] |= bit(bits >>> 32, below, lane);
      }
    }
  }

  /** Bit {@code lane} if 32 bits are below a bound. */
  private static byte bit(long bits, long below, int lane) {
    return (byte) ((bits - below) >>> 63 << lane);
  }

  private long key(Site site, int lane) {
    long key = CounterRandom.key(seed, Purpose.LAYER_NOISE);
    key = CounterRandom.key(key, step);
    key = CounterRandom.key(key, site.layer());
    key = CounterRandom.key(key, site.kind().ordinal());
    return CounterRandom.key(key, (long) firstLane + lane);
  }
}
