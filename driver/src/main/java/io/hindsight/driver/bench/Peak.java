package io.hindsight.driver.bench;

import io.hindsight.kernels.math.FmaChain;
import io.hindsight.kernels.math.choice.FmaChains;

/**
 * The most floating-point operations a second that this core does: multiply-adds in registers, with
 * the widest vectors that this JVM uses.
 *
 * <p>It is measured between the kernels, so under the same clock and the same neighbours, and the
 * best of the medians counts: a share of it is never flattered by a moment at which the chain
 * itself was slow.
 */
final class Peak implements Measured {
  private static final int RUNS = 9;
  private static final long LEAST_NANOS = 1_000_000;
  private static final int MOST_ROUNDS = 1 << 26;
  private static final double F = 0.5; // x grows by 1/2: neither overflow nor denormals
  private static final double G = 1.0;

  private final FmaChain chain = FmaChains.widest();
  private final Samples medians = new Samples(); // ns per operation
  private int rounds = 1 << 10;
  private double checksum;

  /** Takes one median of a few runs, however long it may take. */
  @Override
  public void run(double seconds) {
    Samples runs = new Samples();
    for (int run = 0; run < RUNS; run++) {
      long start = ThreadUse.cpuNanos();
      checksum += chain.run(rounds, F, G);
      long nanos = ThreadUse.cpuNanos() - start;
      runs.add(nanos / ((double) rounds * chain.flopsPerRound()));
      if (nanos < LEAST_NANOS && rounds < MOST_ROUNDS) {
        rounds *= 2;
      }
    }
    medians.add(runs.median());
  }

  @Override
  public double fastest() {
    return medians.least();
  }

  @Override
  public void forget() {
    medians.clear();
  }

  /** GFLOP/s. */
  double gflops() {
    return 1 / medians.least();
  }

  /** What was measured, such as {@code 8 lanes}. */
  String kind() {
    return chain.name();
  }

  /** Written nowhere; keeps the compiler from dropping the work. */
  double checksum() {
    return checksum;
  }
}
