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
    int lane = block * LANES;
    long k0 = key(site, lane);
    long k1 = key(site, lane + 1);
    long k2 = key(site, lane + 2);
    long k3 = key(site, lane + 3);
    long k4 = key(site, lane + 4);
    long k5 = key(site, lane + 5);
    long k6 = key(site, lane + 6);
    long k7 = key(site, lane + 7);
    for (int pair = 0; pair < pairs; pair++) {
      long number = first + pair;
      long both =
          (strikes(k0, number, below) | strikes(k1, number, below) << 1)
              | (strikes(k2, number, below) << 2 | strikes(k3, number, below) << 3)
              | (strikes(k4, number, below) << 4 | strikes(k5, number, below) << 5)
              | (strikes(k6, number, below) << 6 | strikes(k7, number, below) << 7);
      struck[at + 2 * pair] = (byte) (both >>> 32);
      if (2 * pair + 1 < site.rows()) {
        struck[at + 2 * pair + 1] = (byte) both;
      }
    }
  }

  /**
   * Whether the two units of a pair are struck: in bit 32 for the first, in bit 0 for the other.
   */
  private static long strikes(long key, long number, long below) {
    long bits = CounterRandom.bits(key, number);
    long first = ((bits >>> 32) - below) >>> 63;
    long second = ((bits & LOW) - below) >>> 63;
    return first << 32 | second;
  }

  private long key(Site site, int lane) {
    long key = CounterRandom.key(seed, Purpose.LAYER_NOISE);
    key = CounterRandom.key(key, step);
    key = CounterRandom.key(key, site.layer());
    key = CounterRandom.key(key, site.kind().ordinal());
    return CounterRandom.key(key, (long) firstLane + lane);
  }
}
