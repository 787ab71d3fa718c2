package io.hindsight.kernels.random;

import io.hindsight.kernels.math.SplitMix;

/**
 * Random numbers as a pure function of a key and a counter.
 *
 * <p>The generator is SplitMix64 (Steele, Lea, Flood: <i>Fast Splittable Pseudorandom Number
 * Generators</i>, OOPSLA 2014) started at a state mixed from the key parts, so that the numbers for
 * (seed, purpose, epoch, …) are the same on every machine and in whatever order keys are used.
 */
public final class CounterRandom {
  private static final double TWO_TO_MINUS_53 = 0x1.0p-53;

  /**
   * What the numbers are for; two purposes never share a stream. The codes are part of the format.
   */
  public enum Purpose {
    /** Initial weights: key is the block's index. */
    INITIAL_WEIGHTS(1),
    /** Order of the sequences of one shard: key is (epoch, shard). */
    EPOCH_ORDER(2),
    /** Generated data: key is the sequence's index. */
    GENERATED_DATA(3),
    /** Split of sequences by id: key is the hash of the id. */
    SPLIT(4),
    /** Text drawn from a model: key is the position. */
    SAMPLING(5),
    /** Directions and data of a gradient check. */
    GRADIENT_CHECK(6),
    /** Blocks that a bootstrap draws: key is the resample. */
    BOOTSTRAP(7),
    /** Noise of a layer in training: key is (step, layer, kind, lane of the minibatch). */
    LAYER_NOISE(8),
    /** Samples of a forecast: key is (hash of the id, step, element, sample). */
    FORECAST_SAMPLES(9),
    /** Which targets stand for all in the choice of margins: key is (hash of the id, step). */
    MARGINS(10);

    private final long code;

    Purpose(long code) {
      this.code = code;
    }
  }

  private long state;

  private CounterRandom(long state) {
    this.state = state;
  }

  /**
   * The stream that belongs to a key.
   *
   * @param seed the run's seed
   * @param purpose what the numbers are for
   * @param key further parts, in a fixed order; their number matters
   */
  public static CounterRandom of(long seed, Purpose purpose, long... key) {
    long state = key(seed, purpose);
    for (long part : key) {
      state = SplitMix.key(state, part);
    }
    return new CounterRandom(state);
  }

  /** A key without further parts. */
  static long key(long seed, Purpose purpose) {
    return SplitMix.mix(SplitMix.mix(seed + SplitMix.GAMMA) ^ SplitMix.mix(purpose.code));
  }

  /** The next 64 random bits. */
  public long nextLong() {
    state += SplitMix.GAMMA;
    return SplitMix.mix(state);
  }

  /** A number in [0, 1) with 53 random bits. */
  public double nextDouble() {
    return (nextLong() >>> 11) * TWO_TO_MINUS_53;
  }

  /** A number in [low, high). */
  public double nextDouble(double low, double high) {
    return low + (high - low) * nextDouble();
  }

  /**
   * A number in [0, bound) without bias (Lemire's multiply-and-reject).
   *
   * @param bound at least 1
   */
  public int nextInt(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound must be at least 1, but is " + bound);
    }
    long threshold = (1L << 32) % bound;
    while (true) {
      long product = (nextLong() >>> 32) * bound;
      if ((product & 0xFFFFFFFFL) >= threshold) {
        return (int) (product >>> 32);
      }
    }
  }

  /** A standard normal number (Box and Muller 1958; StrictMath, so equal on every JDK). */
  public double nextGaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * nextDouble());
  }

  /** A permutation of 0 … size−1 (Fisher and Yates). */
  public int[] permutation(int size) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
