package io.hindsight.kernels.math.simd;

import static jdk.incubator.vector.VectorOperators.BITWISE_BLEND;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** {@link WideTransposition} with vectors of 4 lanes: quarters of a block are transposed. */
final class NarrowTransposition {
  private static final VectorSpecies<Double> S = Species.PREFERRED;
  private static final VectorSpecies<Long> BITS = VectorSpecies.of(long.class, S.vectorShape());
  private static final VectorShuffle<Long> SWAP_2 = VectorShuffle.fromOp(BITS, lane -> lane ^ 2);
  private static final VectorShuffle<Long> SWAP_1 = VectorShuffle.fromOp(BITS, lane -> lane ^ 1);
  private static final LongVector ODD_2 = LongVector.fromArray(BITS, new long[] {0, 0, -1, -1}, 0);
  private static final LongVector ODD_1 = LongVector.fromArray(BITS, new long[] {0, -1, 0, -1}, 0);

  private NarrowTransposition() {}

  /** As {@link Transposition#blocks}. */
  static void blocks(int count, double[] s, int sFrom, double[] t, int tFrom, int tStep) {
    for (int quarter = 0; quarter < count << 2; quarter++) {
      int right = quarter & 1;
      int lower = quarter >> 1 & 1;
      int si = sFrom + (quarter >> 2 << 6) + (lower << 5) + (right << 2);
      int ti = tFrom + (quarter >> 2) * tStep + (right << 5) + (lower << 2);
      LongVector a0 = DoubleVector.fromArray(S, s, si).reinterpretAsLongs();
      LongVector a1 = DoubleVector.fromArray(S, s, si + 8).reinterpretAsLongs();
      LongVector a2 = DoubleVector.fromArray(S, s, si + 16).reinterpretAsLongs();
      LongVector a3 = DoubleVector.fromArray(S, s, si + 24).reinterpretAsLongs();
      LongVector b0 = a0.lanewise(BITWISE_BLEND, a2.rearrange(SWAP_2), ODD_2);
      LongVector b2 = a0.rearrange(SWAP_2).lanewise(BITWISE_BLEND, a2, ODD_2);
      LongVector b1 = a1.lanewise(BITWISE_BLEND, a3.rearrange(SWAP_2), ODD_2);
      LongVector b3 = a1.rearrange(SWAP_2).lanewise(BITWISE_BLEND, a3, ODD_2);
      LongVector c0 = b0.lanewise(BITWISE_BLEND, b1.rearrange(SWAP_1), ODD_1);
      LongVector c1 = b0.rearrange(SWAP_1).lanewise(BITWISE_BLEND, b1, ODD_1);
      LongVector c2 = b2.lanewise(BITWISE_BLEND, b3.rearrange(SWAP_1), ODD_1);
      LongVector c3 = b2.rearrange(SWAP_1).lanewise(BITWISE_BLEND, b3, ODD_1);
      c0.reinterpretAsDoubles().intoArray(t, ti);
      c1.reinterpretAsDoubles().intoArray(t, ti + 8);
      c2.reinterpretAsDoubles().intoArray(t, ti + 16);
      c3.reinterpretAsDoubles().intoArray(t, ti + 24);
    }
  }

  /** As {@link Transposition#gather}: first the lower four lanes, then the upper. */
  static void gather(int count, double[][] sources, int[] from, double[] t, int tFrom) {
    for (int lane = 0; lane < 8; lane += 4) {
      gatherFour(count << 1, sources, from, lane, t, tFrom + lane);
    }
  }

  private static void gatherFour(
      int count, double[][] sources, int[] from, int lane, double[] t, int tFrom) {
    double[] s0 = sources[lane];
    double[] s1 = sources[lane + 1];
    double[] s2 = sources[lane + 2];
    double[] s3 = sources[lane + 3];
    int f0 = from[lane];
    int f1 = from[lane + 1];
    int f2 = from[lane + 2];
    int f3 = from[lane + 3];
    for (int quarter = 0; quarter < count; quarter++) {
      int ti = tFrom + (quarter << 5);
      LongVector a0 = DoubleVector.fromArray(S, s0, f0 + (quarter << 2)).reinterpretAsLongs();
      LongVector a1 = DoubleVector.fromArray(S, s1, f1 + (quarter << 2)).reinterpretAsLongs();
      LongVector a2 = DoubleVector.fromArray(S, s2, f2 + (quarter << 2)).reinterpretAsLongs();
      LongVector a3 = DoubleVector.fromArray(S, s3, f3 + (quarter << 2)).reinterpretAsLongs();
      LongVector b0 = a0.lanewise(BITWISE_BLEND, a2.rearrange(SWAP_2), ODD_2);
      LongVector b2 = a0.rearrange(SWAP_2).lanewise(BITWISE_BLEND, a2, ODD_2);
      LongVector b1 = a1.lanewise(BITWISE_BLEND, a3.rearrange(SWAP_2), ODD_2);
      LongVector b3 = a1.rearrange(SWAP_2).lanewise(BITWISE_BLEND, a3, ODD_2);
      LongVector c0 = b0.lanewise(BITWISE_BLEND, b1.rearrange(SWAP_1), ODD_1);
      LongVector c1 = b0.rearrange(SWAP_1).lanewise(BITWISE_BLEND, b1, ODD_1);
      LongVector c2 = b2.lanewise(BITWISE_BLEND, b3.rearrange(SWAP_1), ODD_1);
      LongVector c3 = b2.rearrange(SWAP_1).lanewise(BITWISE_BLEND, b3, ODD_1);
      c0.reinterpretAsDoubles().intoArray(t, ti);
      c1.reinterpretAsDoubles().intoArray(t, ti + 8);
      c2.reinterpretAsDoubles().intoArray(t, ti + 16);
      c3.reinterpretAsDoubles().intoArray(t, ti + 24);
    }
  }
}
