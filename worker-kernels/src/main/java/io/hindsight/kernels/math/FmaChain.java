package io.hindsight.kernels.math;

/**
 * Independent fused multiply-adds in registers: what bounds every kernel from above on one core.
 *
 * <p>A round is x ← f·g + x on each of {@link #CHAINS} registers, as in a product. No register
 * waits for another, and there are more of them than a core has multiply-adds in flight, so a run
 * is bound by the arithmetic units alone: no memory, no dependency.
 */
public interface FmaChain {
  /**
   * Registers that are added to. A core of today has at most 2 units of latency 4 or 5, so 10 in
   * flight; 12 and two constants still fit the 16 registers of AVX2.
   */
  int CHAINS = 12;

  /** What a register holds, for reports: {@code 8 lanes}, or {@code scalar}. */
  String name();

  /** Doubles in a register. */
  int lanes();

  /**
   * Runs some rounds from x = 0, 1, …, 11, the same in every lane.
   *
   * @return the sum of all lanes of all registers, which keeps the work from being dropped
   */
  double run(int rounds, double f, double g);

  /** Floating-point operations of a round: two per lane of each register. */
  default long flopsPerRound() {
    return 2L * CHAINS * lanes();
  }
}
