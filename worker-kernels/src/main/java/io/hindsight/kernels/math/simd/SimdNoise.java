package io.hindsight.kernels.math.simd;

import io.hindsight.kernels.math.SplitMix;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Noise in eight lanes at once: {@link SplitMix}'s operations on vectors of eight numbers. Its
 * mixing stands where it is used: as a method of its own, once compiled, it may be too large to be
 * inlined, and every vector it takes or returns would be an object.
 */
final class SimdNoise {
  private static final VectorSpecies<Long> S = LongVector.SPECIES_512;
  private static final long LOW = 0xFFFF_FFFFL;
  private static final int PAIRS = 4; // whose bits are brought together at once: 32 and 32
  private static final LongVector LANE = LongVector.zero(S).addIndex(1);

  private SimdNoise() {}

  /** As {@link io.hindsight.kernels.math.GateOps#strike}. */
  static void strike(
      long stream, long lane, long number, int units, long below, byte[] struck, int at) {
    LongVector state = LANE.add(lane + SplitMix.GAMMA);
    for (int part = 0; part < 2; part++) { // of the path: the lane's, then the stream's
      state = state.lanewise(VectorOperators.XOR, state.lanewise(VectorOperators.LSHR, 30));
      state = state.mul(SplitMix.FACTOR_1);
      state = state.lanewise(VectorOperators.XOR, state.lanewise(VectorOperators.LSHR, 27));
      state = state.mul(SplitMix.FACTOR_2);
      state = state.lanewise(VectorOperators.XOR, state.lanewise(VectorOperators.LSHR, 31));
      state = state.lanewise(VectorOperators.XOR, part == 0 ? stream + SplitMix.GAMMA : 0);
    }
    state = state.add((number + 1) * SplitMix.GAMMA);
    for (int unit = 0; unit < units; unit += 2 * PAIRS) {
      LongVector both = LongVector.zero(S);
      for (int pair = 0; pair < PAIRS; pair++) {
        LongVector bits = state;
        bits = bits.lanewise(VectorOperators.XOR, bits.lanewise(VectorOperators.LSHR, 30));
        bits = bits.mul(SplitMix.FACTOR_1);
        bits = bits.lanewise(VectorOperators.XOR, bits.lanewise(VectorOperators.LSHR, 27));
        bits = bits.mul(SplitMix.FACTOR_2);
        bits = bits.lanewise(VectorOperators.XOR, bits.lanewise(VectorOperators.LSHR, 31));
        LongVector first = bits.lanewise(VectorOperators.LSHR, 32).sub(below);
        LongVector second = bits.and(LOW).sub(below);
        first = first.lanewise(VectorOperators.LSHR, 63).lanewise(VectorOperators.LSHL, 32);
        LongVector strikes = first.or(second.lanewise(VectorOperators.LSHR, 63));
        both = both.or(strikes.lanewise(VectorOperators.LSHL, 8L * pair));
        state = state.add(SplitMix.GAMMA);
      }
      long all = both.lanewise(VectorOperators.LSHL, LANE).reduceLanes(VectorOperators.OR);
      for (int i = 0; i < 2 * PAIRS && unit + i < units; i++) {
        struck[at + unit + i] = (byte) (all >>> 32 * (1 - i % 2) + 8 * (i / 2));
      }
    }
  }
}
